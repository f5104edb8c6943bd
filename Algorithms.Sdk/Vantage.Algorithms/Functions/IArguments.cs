namespace Vantage.Algorithms.Functions;

/// <summary>Arguments that have laws of their own, checked before the function sees data.</summary>
public interface IArguments
{
    /// <summary>Throws for the first law that is broken.</summary>
    /// <exception cref="ArgumentsInvalidException">Names the argument and the law.</exception>
    void Check();
}
