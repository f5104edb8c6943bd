namespace Vantage.NodeAgent.Policy.Arguments;

/// <summary>What the arguments of one function may be.</summary>
/// <param name="Members">By path: what is not listed may not be given. Null for a function whose arguments do not matter.</param>
internal sealed record ArgumentLimits(IReadOnlyDictionary<string, MemberLimit>? Members)
{
    public static readonly ArgumentLimits Any = new((IReadOnlyDictionary<string, MemberLimit>?)null);

    /// <summary>Between the names of members that lie within each other.</summary>
    public const char Separator = '/';
}

/// <summary>What one argument may be; of a list, what each item may be. A limit that is null does not matter.</summary>
internal sealed record MemberLimit
{
    public static readonly MemberLimit Any = new();

    /// <summary>Texts, numbers, true and false as written.</summary>
    public IReadOnlySet<string>? Values { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>Of a list; a single value counts as a list of one.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Of a text, in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Must be given.</summary>
    public bool Required { get; init; }

    public bool IsAny => this == Any;
}
