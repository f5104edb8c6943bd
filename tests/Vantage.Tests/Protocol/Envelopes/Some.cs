using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol.Envelopes;

/// <summary>Contexts and bytes that tests need some of.</summary>
internal static class Some
{
    public static readonly TimeProvider Time = TimeProvider.System;

    public static EnvelopeContext InputContext() =>
        new(CollaborationId.New(Time), TaskId.New(Time), RunId.New(Time), PayloadKind.Input);

    public static EnvelopeContext ResultContext() =>
        InputContext() with { Kind = PayloadKind.Result, Epoch = 1, NodeKey = KeyId.FromBytes(RandomNumberGenerator.GetBytes(32)) };

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);
}
