namespace Vantage.Client.Crates;

/// <summary>Why a crate is not believed. Each has a stable code, its name in kebab-case.</summary>
public enum CrateFault
{
    /// <summary>It is no crate of this kind.</summary>
    CrateMalformed,

    /// <summary>A file is missing that has to be there.</summary>
    FileMissing,

    /// <summary>A file is there that nothing speaks of.</summary>
    FileUnexpected,

    /// <summary>The manifest or a receipt is not signed by somebody whom a pinned root certified, or belongs to something else.</summary>
    SignatureUntrusted,

    /// <summary>An inner receipt, a result or a sealed payload is not the one that its node signed for.</summary>
    ContentAltered,

    /// <summary>The description says something else than what is signed.</summary>
    MetadataAltered,
}

/// <summary>The first thing that is wrong with a crate.</summary>
internal sealed class CrateException(CrateFault fault, string file, string why) : Exception($"{file}: {why}")
{
    public CrateFault Fault => fault;

    public string File => file;
}
