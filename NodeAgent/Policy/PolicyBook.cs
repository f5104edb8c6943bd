using System.Text;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// The policy file. It is read anew for every decision, so that a change holds from the next request on; it is parsed
/// again only when its content changed.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="logger">Hears what became of a change.</param>
/// <param name="coordinator">Of the node that follows it; null where somebody only looks at it.</param>
internal sealed partial class PolicyBook(string path, ILogger<PolicyBook> logger, Uri? coordinator = null)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock gate = new();
    private PolicyState? last;

    public string Path => path;

    public PolicyState Current()
    {
        lock (gate)
        {
            var now = Read();
            if (!ReferenceEquals(now, last))
            {
                Tell(now);
                last = now;
            }

            return now;
        }
    }

    private PolicyState Read()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var sentence = File.Exists(path)
                ? $"This file can't be read: {e.Message}"
                : "There is no such file. Until there is, this node accepts nothing; docs/policy.md shows how to write one.";
            return Same(null) ?? new PolicyState.Broken(null, [new(path, 1, 1, sentence)]);
        }

        var digest = Digest.Of(bytes);
        return Same(digest) ?? Parse(bytes, digest);
    }

    private PolicyState? Same(Digest? digest) => last switch
    {
        PolicyState.Readable readable when readable.Digest == digest && readable.Policy.Publishers.All(p => p.IsUnchanged()) => readable,
        PolicyState.Broken { Digest: null } broken when digest is null => broken,
        _ => null,
    };

    private PolicyState Parse(byte[] bytes, Digest digest)
    {
        try
        {
            return new PolicyState.Readable(PolicyReader.Read(path, Utf8.GetString(bytes), coordinator), digest);
        }
        catch (SettingsException e)
        {
            // What is wrong may lie in a key file, so the same text is read again; it is told once.
            return last is PolicyState.Broken broken && broken.Digest == digest && broken.Problems.SequenceEqual(e.Problems)
                ? broken
                : new PolicyState.Broken(digest, e.Problems);
        }
        catch (DecoderFallbackException)
        {
            return new PolicyState.Broken(digest, [new(path, 1, 1, "This file is not UTF-8 text: save it as UTF-8.")]);
        }
    }

    private void Tell(PolicyState now)
    {
        switch (now)
        {
            case PolicyState.Readable readable:
                LogReadable(path, readable.Version, readable.Policy.Accept.Count);
                break;
            case PolicyState.Broken broken:
                LogBroken(path, string.Join(Environment.NewLine, broken.Problems));
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Policy {Path} holds: version {Version}, {Rules} rules")]
    private partial void LogReadable(string path, string version, int rules);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Policy {Path} can't be used, so this node refuses everything new until it is mended:\n{Problems}")]
    private partial void LogBroken(string path, string problems);
}
