using System.ComponentModel;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Sessions;

/// <summary>What a site says of a frame that it keeps. Never a cell.</summary>
/// <param name="Frame">Its name.</param>
/// <param name="Version">Changes with the steps and with the content of what it was made of; differs between sites.</param>
/// <param name="Recipe">Changes with the steps alone: the same at every site, and what a task may pin.</param>
/// <param name="Columns">Names and types.</param>
/// <param name="Rows">As the site's policy lets counts leave; null where it does not.</param>
/// <param name="Cached">It was there already, and nothing was computed.</param>
/// <param name="PreparedAt">When it was computed.</param>
/// <param name="KeptUntil">When it goes if nobody uses it before.</param>
public sealed record FrameReport(
    string Frame,
    Digest Version,
    Digest Recipe,
    IReadOnlyList<FrameColumn> Columns,
    long? Rows,
    bool Cached,
    DateTimeOffset PreparedAt,
    DateTimeOffset KeptUntil);

/// <param name="Name">As tasks name it.</param>
/// <param name="Type">What its cells are.</param>
public sealed record FrameColumn(string Name, ColumnType Type);

/// <summary>The frames of a session at one site.</summary>
/// <param name="Session">Its name.</param>
/// <param name="Frames">The newest version of each, by name.</param>
[Description("The frames of a session at one site.")]
public sealed record SessionReport(string Session, IReadOnlyList<FrameReport> Frames);

/// <summary>What ending a session, or a frame of it, took away at one site.</summary>
/// <param name="Session">Its name.</param>
/// <param name="Deleted">Names of frames.</param>
public sealed record SessionEnded(string Session, IReadOnlyList<string> Deleted);
