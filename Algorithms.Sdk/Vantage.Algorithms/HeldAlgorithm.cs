namespace Vantage.Algorithms;

/// <summary>
/// An algorithm by its name, put together when it is first wanted: a worker of many runs one of them, and building the JSON
/// types of all the others takes longer than most runs.
/// </summary>
public sealed class HeldAlgorithm
{
    private readonly Lazy<Algorithm> algorithm;

    /// <param name="name">The algorithm's own.</param>
    /// <param name="make">Gives the algorithm; asked once.</param>
    public HeldAlgorithm(string name, Func<Algorithm> make)
    {
        Name = name;
        algorithm = new(() => make() is var made && made.Name == name
            ? made
            : throw new InvalidOperationException($"The algorithm that is held as '{name}' calls itself '{made.Name}'."));
    }

    /// <summary>How people, catalogues and policies call it.</summary>
    public string Name { get; }

    /// <summary>Put together at the first call.</summary>
    public Algorithm Algorithm => algorithm.Value;

    /// <summary>One that is at hand already.</summary>
    public static HeldAlgorithm ToHeldAlgorithm(Algorithm algorithm) => new(algorithm.Name, () => algorithm);

    /// <summary>One that is at hand already.</summary>
    public static implicit operator HeldAlgorithm(Algorithm algorithm) => ToHeldAlgorithm(algorithm);
}
