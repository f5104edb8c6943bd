using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>A file of <c>sources:</c> with a JSON object a line, or several such.</summary>
internal sealed record JsonLinesSettings : FileSettings
{
    public override IDataSource Open() => new JsonLinesSource(this);
}
