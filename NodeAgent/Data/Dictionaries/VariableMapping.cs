namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>How one variable of a dictionary comes about at this site.</summary>
/// <param name="Variable">Its name in the dictionary.</param>
internal sealed record VariableMapping(string Variable)
{
    /// <summary>This site has no such data, and says so.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>The site's column; null for the one of the same name.</summary>
    public string? Column { get; init; }

    /// <summary>Or an expression over the site's columns, as in docs/sessions.md.</summary>
    public string? As { get; init; }

    /// <summary>The site's values and those of the dictionary; null for missing. A value that is not listed stays.</summary>
    public IReadOnlyList<(string From, string? To)> Levels { get; init; } = [];

    /// <summary>The unit of the site's numbers; null for the dictionary's.</summary>
    public string? Unit { get; init; }

    /// <summary>The dictionary's number is the site's, times <see cref="Factor"/>, plus <see cref="Offset"/>.</summary>
    public double? Factor { get; init; }

    public double? Offset { get; init; }

    /// <summary>How the site writes dates, such as <c>%d.%m.%Y</c>; null for the dictionary's way.</summary>
    public string? Format { get; init; }

    /// <summary>The column that it is read of, for people; null for an expression.</summary>
    public string? Source => As is null ? Column ?? Variable : null;

    /// <summary>All that it says, for its digest.</summary>
    public IEnumerable<string> Parts => [Variable, $"{IsAbsent}", Column ?? "", As ?? "", Unit ?? "", $"{Factor:R}", $"{Offset:R}", Format ?? "",
        .. Levels.SelectMany(level => new[] { level.From, level.To is null ? "missing" : $"={level.To}" })];
}
