using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.Algorithms;

/// <summary>The algorithms that one worker holds.</summary>
public sealed class AlgorithmSet
{
    /// <param name="algorithms">Each name once.</param>
    public AlgorithmSet(params IReadOnlyList<HeldAlgorithm> algorithms)
    {
        if (algorithms.DistinctBy(a => a.Name).Count() != algorithms.Count)
            throw new ArgumentException("Each algorithm's name appears once.", nameof(algorithms));
        Held = algorithms;
    }

    /// <summary>In the order given, to hold them beside one's own; nothing is put together for it.</summary>
    public IReadOnlyList<HeldAlgorithm> Held { get; }

    /// <summary>All of them, in the order given. For one of them <see cref="Named"/> is quicker.</summary>
    public IReadOnlyList<Algorithm> Algorithms => [.. Held.Select(a => a.Algorithm)];

    /// <summary>The algorithm of a name; null where there is none.</summary>
    public Algorithm? Named(string name) => Held.FirstOrDefault(a => a.Name == name)?.Algorithm;

    /// <summary>
    /// What the program is when it is an image's or a bundle's, which hold one algorithm; null for the only one there is.
    /// </summary>
    public Algorithm? Image { get; init; }

    /// <summary>The algorithm of an image that starts this program.</summary>
    /// <exception cref="InvalidOperationException">There are several, and <see cref="Image"/> names none.</exception>
    public Algorithm Own() => Image ?? (Held is [var only]
        ? only.Algorithm
        : throw new InvalidOperationException(
            $"An image or bundle holds one algorithm, and this program has {Held.Count}: {Names()}. "
            + "Say which one with 'new AlgorithmSet(…) { Image = … }'."));

    /// <summary>Each algorithm's exact reference and manifest: what an organization signs for its people.</summary>
    public AlgorithmCatalogue Catalogue() => new(
        AlgorithmCatalogue.CurrentVersion,
        [.. Algorithms.Select(a => new CatalogueEntry(a.Reference.Text, a.Manifest()))]);

    /// <summary>
    /// The algorithm that a reference names. Built-in code must be exactly this build. What came as an image or bundle
    /// was checked by the node before it started: such a worker holds one algorithm.
    /// </summary>
    /// <exception cref="RunFailedException">This worker does not hold it.</exception>
    public Algorithm Find(string reference)
    {
        if (!AlgorithmRef.TryParse(reference, out var wanted))
            throw Unknown("run.json names no algorithm that can be understood.");
        if (wanted.Kind != AlgorithmKind.Builtin)
        {
            return Image ?? (Held is [var only]
                ? only.Algorithm
                : throw Unknown($"An image or bundle holds one algorithm, this one holds {Held.Count}."));
        }

        var held = Named(wanted.Name)
            ?? throw Unknown($"This node has no algorithm '{wanted.Name}'. It has: {Names()}.");
        return held.Reference == wanted
            ? held
            : throw Unknown(
                $"The task asks for {wanted.Text}, and this node has {held.Reference.Text}. Ask with a catalogue of the"
                + " release that the node runs, or have the node updated.");
    }

    private string Names() => string.Join(", ", Held.Select(a => a.Name));

    private static RunFailedException Unknown(string message) => new(RunCodes.AlgorithmUnknown, message);
}
