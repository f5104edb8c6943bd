using Vantage.NodeAgent.Data.Dictionaries.Planning;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>
/// Makes a dictionary's variables of a site's columns. What does not fit the dictionary is missing; where it is no slip but the
/// rule, nothing is made.
/// </summary>
internal sealed class VariableMaker(string source, SourceMapping mapping, SiteColumns columns, DictionaryFaults faults)
{
    private const int Together = 100;

    /// <param name="raw">The site's columns.</param>
    /// <param name="variables">What is wanted.</param>
    /// <param name="isAsked">By name, so that all of them have to be there.</param>
    /// <param name="path">The snapshot that is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">Which variable is not there or does not fit, what was found and what is expected.</exception>
    public Snapshot Make(Snapshot raw, IReadOnlyList<Variable> variables, bool isAsked, string path, CancellationToken cancellationToken)
    {
        var input = new MappingInput(mapping, source, raw);
        var (made, problems) = Makeable(input, raw, variables, path, cancellationToken);
        if (problems.FirstOrDefault(problem => isAsked || problem.Variable.Required || mapping.Says(problem.Variable)) is { Fault: { } fault })
        {
            throw fault;
        }

        if (made.Count == 0)
        {
            throw faults.NothingAllowed();
        }

        if (Look(raw, input, made, path, cancellationToken).FirstOrDefault(finding => finding.Wrong is not null) is { } bad)
        {
            throw faults.Mismatch(bad);
        }

        var plans = CsvParts.Of(made).Select(part => new MappingPlan(input, part)).ToList();
        var rows = columns.Compute(raw, path, CsvParts.Files(path, plans.Count),
            session => CsvParts.Write(session, [.. plans.Select(plan => (plan.Rows(withKeys: plan == plans[^1]), plan.Columns))], path), cancellationToken);
        Snapshots.Finish(path);
        IReadOnlyList<ColumnSchema> schema = [.. plans.SelectMany(plan => plan.Columns)];
        return new Snapshot(path, DataFormats.Csv, new CsvOptions(Missing: []), schema, rows, mapping.ContentOf(raw.Content),
            LineMap.OfRows(raw.Lines.File, mayBreakLines: schema.Any(column => column.Type == ColumnType.Text)))
        {
            Mapping = mapping.ReceiptOf(raw.Content),
        };
    }

    /// <summary>How each variable stands; those that can't be made have a reason in place of findings.</summary>
    public SourceFindings Find(Snapshot raw, IReadOnlyList<Variable> variables, string path, CancellationToken cancellationToken)
    {
        var input = new MappingInput(mapping, source, raw);
        var (made, problems) = Makeable(input, raw, variables, path, cancellationToken);
        var found = made.Count == 0 ? [] : Look(raw, input, made, path, cancellationToken);
        return new SourceFindings(found.ToDictionary(each => each.Variable.Name, StringComparer.Ordinal),
            problems.ToDictionary(problem => problem.Variable.Name, problem => problem.Fault.Message, StringComparer.Ordinal),
            raw.Rows, mapping.ContentOf(raw.Content), mapping.ReceiptOf(raw.Content));
    }

    private (List<(Variable Variable, ValueSql Sql)> Made, List<(Variable Variable, SourceException Fault)> Problems) Makeable(
        MappingInput input, Snapshot raw, IReadOnlyList<Variable> variables, string path, CancellationToken cancellationToken)
    {
        var (made, problems) = (new List<(Variable, ValueSql)>(), new List<(Variable, SourceException)>());
        var unreadable = Unreadable(raw, variables, path, cancellationToken);
        foreach (var variable in variables)
        {
            var missing = mapping.Needs(variable).Where(name => !input.Has(name)).ToList();
            if (missing.Count > 0 || unreadable.Contains(variable.Name))
            {
                problems.Add((variable, missing.Count > 0 ? faults.NoColumn(variable, missing) : faults.Pattern(variable)));
                continue;
            }

            try
            {
                made.Add((variable, input.ValueOf(variable)));
            }
            catch (StepsRefused e)
            {
                problems.Add((variable, faults.Expression(variable, e.Message)));
            }
        }

        return (made, problems);
    }

    /// <summary>Variables whose pattern DuckDB does not take: what .NET reads without backtracking is almost, but not all, that RE2 reads.</summary>
    private HashSet<string> Unreadable(Snapshot raw, IReadOnlyList<Variable> variables, string path, CancellationToken cancellationToken)
    {
        var patterns = variables.Where(variable => variable.Pattern is not null).ToList();
        return patterns.Count == 0 ? [] : columns.Compute(raw, path, [],
            session => patterns.Where(variable => !ValueSql.IsReadable(variable.Pattern!, session)).Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal), cancellationToken);
    }

    /// <summary>What DuckDB takes for many sums at once grows with their square, so they are looked at in parts, each with its own columns.</summary>
    private List<VariableFindings> Look(
        Snapshot raw, MappingInput input, List<(Variable Variable, ValueSql Sql)> made, string path, CancellationToken cancellationToken) =>
        columns.Compute(raw, path, [], session =>
        {
            var found = new List<VariableFindings>();
            foreach (var part in made.Chunk(Together))
            {
                var plan = new MappingPlan(input, part);
                using var row = session.Read(plan.Counts);
                found.AddRange(row.Next() ? MappingCounts.Read(row, plan.Asked) : []);
            }

            return found;
        }, cancellationToken);
}
