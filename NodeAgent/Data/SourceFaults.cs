using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data;

/// <summary>What can be wrong with any source, in words.</summary>
/// <param name="source">Which, as people know it.</param>
internal class SourceFaults(string source)
{
    public string Source => source;

    public SourceException Missing() => new(RunCodes.DataUnavailable,
        $"{source}: there is no such file. The node's admin sets its path under 'sources' in node.yaml.");

    /// <param name="reason">What the system said; its paths are for the node's own log.</param>
    public SourceException Unreadable(Exception reason) => new(RunCodes.DataUnavailable,
        $"{source}: the file can't be read ({reason.GetType().Name}). The node's admin should check that it is an ordinary file"
        + " that the node's account may read.");

    public SourceException Changed() => new(RunCodes.DataUnavailable,
        $"{source}: the file changed while it was read, so nothing was taken of it. Ask again when whoever writes it has finished;"
        + " a new version is best written beside it and renamed.");

    public SourceException NoSuchColumn(string asked, string? nearest) => new(RunCodes.ArgumentsInvalid,
        $"{source} has no column '{asked}' that this request may see." + (nearest is null ? "" : $" Did you mean '{nearest}'?"));

    public SourceException NoColumns() => new(RunCodes.ArgumentsInvalid,
        $"{source}: the request names no column, so there is nothing to compute on.");

    public SourceException NothingAllowed() => new(RunCodes.DataUnavailable,
        $"{source} has none of the columns that the node's policy allows. The node's admin should compare the rule with the data.");

    public SourceException DeclaredNotThere(string column, string key = "types") => SourceException.Invalid(
        $"{source}: '{key}' declares a column '{column}', and the data have none.");

    public SourceException OtherColumns(string file, string first) => SourceException.Invalid(
        $"{source}: {file} has other columns than {first}, or in another order. The files of one source have the same header.");

    /// <param name="column">Its name.</param>
    /// <param name="what">What it holds, in words.</param>
    public SourceException NoCells(string column, string what) => SourceException.Invalid(
        $"{source}, column '{column}': it holds {what}, where a table has one number or text in each cell. Unpack it into columns of their own where"
        + " the data are written, in a view or in a query.");
}
