using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Data.Sessions;

/// <summary>Steps that can't be done, in words for who wrote them. Names what they wrote, and never a cell.</summary>
internal sealed class StepsRefused(string message) : Exception(message)
{
    public static StepsRefused NoColumn(string name, IEnumerable<string> columns) => new(
        $"there is no column '{name}' here." + (NearestName.Find(name, columns) is { } near ? $" Did you mean '{near}'?" : ""));
}
