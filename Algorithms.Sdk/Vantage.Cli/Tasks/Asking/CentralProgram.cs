using Vantage.Algorithms;
using Vantage.Algorithms.Functions;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>An algorithm of the library, and the function that puts its partials together.</summary>
internal sealed record CentralProgram(Algorithm Algorithm, CentralFunction Central);
