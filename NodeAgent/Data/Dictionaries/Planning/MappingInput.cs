using System.Globalization;
using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Planning;

/// <summary>The site's columns as parts of a statement, from which variables are made. Pure.</summary>
internal sealed class MappingInput
{
    private readonly SourceMapping mapping;
    private readonly Dictionary<string, PlanColumn> columns;
    private readonly PlanInput input;

    /// <param name="mapping">What is said of them.</param>
    /// <param name="source">Whose they are.</param>
    /// <param name="raw">Those that are needed, and more.</param>
    public MappingInput(SourceMapping mapping, string source, Snapshot raw)
    {
        this.mapping = mapping;
        input = PlanInput.Of("raw", raw, FrameShape.OfSource(source, raw.Columns));
        columns = raw.Columns.Select((column, i) => new PlanColumn(column.Name, $"r{i}", column.Type, [])).ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    public bool HasKeys => input.HasKeys;

    /// <summary>The rows, with what these variables need.</summary>
    public string From(IEnumerable<Variable> variables) =>
        $"({input.Read([.. variables.SelectMany(mapping.Needs).Distinct(StringComparer.Ordinal).Select(name => columns[name])])})";

    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>A variable all of whose columns are there.</summary>
    /// <exception cref="Sessions.StepsRefused">An expression does not fit the columns' types.</exception>
    public ValueSql ValueOf(Variable variable) => ValueSql.Of(variable, mapping.Of(variable),
        name => Present(columns[name], mapping.Dictionary.MissingOf(variable)), input.Decimal);

    /// <summary>A number is held against the codes that are numbers: 999 is 999.0 there.</summary>
    private static Sql Present(PlanColumn column, IReadOnlyList<string> missing)
    {
        var codes = column.Type == ColumnType.Text
            ? missing.Select(DuckSession.Quoted).ToList()
            : [.. missing.Where(code => double.TryParse(code, CultureInfo.InvariantCulture, out _)).Select(code => $"TRY_CAST({DuckSession.Quoted(code)} AS DOUBLE)")];
        return codes.Count == 0 ? column.Sql
            : new($"(CASE WHEN {column.Id} IN ({string.Join(", ", codes)}) THEN NULL ELSE {column.Id} END)", column.Sql.Kind, IsPlain: true);
    }
}
