using System.Security.Cryptography;
using Vantage.Benchmarks.Partners;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Benchmarks.Questions;

/// <summary>A large sealed input in memory, with the digests of its parts, and the task that refers to it.</summary>
internal sealed class SealedFile(Federation federation, int plaintextBytes) : IDisposable
{
    private readonly MemoryStream bytes = new(plaintextBytes + (plaintextBytes / 64) + 4096);
    private TaskId task;
    private RunId run;

    public Digest Digest { get; private set; }

    public long Size => bytes.Length;

    /// <summary>As the header of each part says it.</summary>
    public IReadOnlyList<string> PartDigests { get; private set; } = [];

    private Site Site => federation.Sites[0];

    /// <summary>For a new task: other bytes than before.</summary>
    public async Task SealAsync()
    {
        (task, run) = (TaskId.New(TimeProvider.System), RunId.New(TimeProvider.System));
        bytes.SetLength(0);
        var made = await Envelope.SealAsync(new MemoryStream(new byte[plaintextBytes]), bytes,
            new EnvelopeContext(federation.Collaboration, task, run, PayloadKind.Input), [Site.Encryption.PublicKey], CancellationToken.None);
        Digest = made.Digest;
        var digests = new string[(Size + StartUpload.PartBytes - 1) / StartUpload.PartBytes];
        Parallel.For(0, digests.Length, number => digests[number] = Digest.FromHash(SHA256.HashData(Part(number).Span)).ToString());
        PartDigests = digests;
    }

    public ReadOnlyMemory<byte> Part(int number)
    {
        var offset = number * StartUpload.PartBytes;
        return bytes.GetBuffer().AsMemory(offset, (int)Math.Min(StartUpload.PartBytes, Size - offset));
    }

    public void Dispose() => bytes.Dispose();

    public PreparedTask Ask() => PreparedTask.Sign(federation, federation.Researchers[0], task,
        [
            new ManifestTarget
            {
                Organization = Site.Organization,
                Run = run,
                Node = Site.Node,
                EncryptionKey = Site.Encryption.KeyId,
                Input = new PayloadRef(Digest, Size),
            },
        ],
        [Site], []);
}
