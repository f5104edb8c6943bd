using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Hosting;

/// <summary>What lies where in a node's directory.</summary>
internal sealed record NodeHome(string Root)
{
    public string Settings => Path.Combine(Root, "node.yaml");

    public string Policy => Path.Combine(Root, "policy.yaml");

    /// <summary>Other organizations' roots, in a statement that the own organization signed.</summary>
    public string Pins => Path.Combine(Root, "pins.jws");

    /// <summary>Images and publishers' keys that count no more, in a statement that the own organization signed.</summary>
    public string Revocations => Path.Combine(Root, "revocations.jws");

    /// <summary>The newest list of revoked keys of each organization that publishes one: fetched, believed by their signatures.</summary>
    public string KeyRevocations => Path.Combine(State, "key-revocations");

    /// <summary>The own organization's root, as the admin installed it: whom this node believes in the first place.</summary>
    public string OwnRoot => Path.Combine(Root, "root.pem");

    /// <summary>Who this node is, as enrolment told it.</summary>
    public string Identity => Path.Combine(Root, "node.json");

    public string Keys => Path.Combine(Root, "keys");

    public string SigningKey => Path.Combine(Keys, "signing.pem");

    public string EncryptionKey => Path.Combine(Keys, "encryption.pem");

    /// <summary>The certificates that the organization gave this node; public.</summary>
    public string SigningCertificate => Path.Combine(Keys, "signing.crt");

    public string EncryptionCertificate => Path.Combine(Keys, "encryption.crt");

    /// <summary>Keys that were asked to be certified and are not in use yet.</summary>
    public string NextKeys => Path.Combine(Keys, "next");

    /// <summary>One folder for each pair of keys that was in use before: what was sealed to them still opens.</summary>
    public string FormerKeys => Path.Combine(Keys, "former");

    public string State => Path.Combine(Root, "state");

    public string Lock => Path.Combine(State, "lock");

    public string Journal => Path.Combine(State, "journal");

    /// <summary>One folder a run handed to this node: its claim, and its sealed payloads until they are acknowledged.</summary>
    public string Runs => Path.Combine(State, "runs");

    /// <summary>One folder a run being worked on: the only place with plaintext.</summary>
    public string Work => Path.Combine(State, "work");

    /// <summary>One file a charter that this node follows: every version since the first, with its consents.</summary>
    public string Charters => Path.Combine(State, "charters");

    /// <summary>What can be shown afterwards: this node's own audit trail, and the newest head of the Coordinator's.</summary>
    public string Audit => Path.Combine(State, "audit");

    /// <summary>Frames: what tasks prepared of the data and keep here for others of their session.</summary>
    public string Sessions => Path.Combine(State, "sessions");

    /// <summary>Which rows answers were about that left.</summary>
    public string AnswerMemory => Path.Combine(State, "answers", "memory");

    public string ControlSocket => Path.Combine(State, "control.sock");

    public string RunFolder(RunId run, long epoch) => Path.Combine(Runs, $"{run}-{epoch}");

    public string WorkFolder(RunId run, long epoch) => Path.Combine(Work, $"{run}-{epoch}");

    public static NodeHome At(string directory) => new(Path.GetFullPath(directory));
}
