namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>Where a container engine listens. Nothing is ever said to one over TCP without TLS on both sides: who may call it is root there.</summary>
internal abstract record EngineAddress
{
    private EngineAddress() { }

    /// <summary>As people know it.</summary>
    public abstract string Text { get; }

    /// <summary>The engine sees the files that this node sees.</summary>
    public abstract bool IsHere { get; }

    public sealed record UnixSocket(string Path) : EngineAddress
    {
        public override string Text => Path;

        public override bool IsHere => true;
    }

    /// <summary>Docker on Windows. It runs Linux containers in a virtual machine, which sees none of this machine's files by their names here.</summary>
    public sealed record NamedPipe(string Name) : EngineAddress
    {
        public const string Prefix = "npipe:////./pipe/";

        public override string Text => Prefix + Name;

        public override bool IsHere => false;
    }

    /// <param name="Authority">PEM: who signed the engine's certificate; nobody else is believed.</param>
    /// <param name="Certificate">PEM: this node's, to the engine.</param>
    /// <param name="Key">PEM: of that certificate.</param>
    public sealed record Tls(string Host, int Port, string Authority, string Certificate, string Key) : EngineAddress
    {
        public override string Text => $"tcp://{Host}:{Port}";

        public override bool IsHere => false;
    }
}
