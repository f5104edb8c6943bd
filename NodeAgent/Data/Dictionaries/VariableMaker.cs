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
    /// <param name="raw">The site's columns.</param>
    /// <param name="variables">What is wanted.</param>
    /// <param name="isAsked">By name, so that all of them have to be there.</param>
    /// <param name="path">The snapshot that is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">Which variable is not there or does not fit, what was found and what is expected.</exception>
    public Snapshot Make(Snapshot raw, IReadOnlyList<Variable> variables, bool isAsked, string path, CancellationToken cancellationToken)
    {
        var (made, problems) = Makeable(raw, variables);
        if (problems.FirstOrDefault(problem => isAsked || problem.Variable.Required || mapping.Says(problem.Variable)) is { Fault: { } fault })
        {
            throw fault;
        }

        if (made.Count == 0)
        {
            throw faults.NothingAllowed();
        }

        if (Look(raw, made, path, cancellationToken).FirstOrDefault(finding => finding.Wrong is not null) is { } bad)
        {
            throw faults.Mismatch(bad);
        }

        var plan = new MappingPlan(mapping, source, raw, made);
        var texts = plan.Columns.Where(c => c.Type == ColumnType.Text).Select(c => c.Name).ToList();
        var rows = columns.Compute(raw, path, session => session.Run(CsvCopy.Of(plan.Rows, texts, path)), cancellationToken);
        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, new CsvOptions(Missing: []), plan.Columns, rows, mapping.ContentOf(raw.Content),
            LineMap.OfRows(raw.Lines.File, mayBreakLines: texts.Count > 0))
        {
            Mapping = mapping.ReceiptOf(raw.Content),
        };
    }

    /// <summary>How each variable stands; those that can't be made have a reason in place of findings.</summary>
    public SourceFindings Find(Snapshot raw, IReadOnlyList<Variable> variables, string path, CancellationToken cancellationToken)
    {
        var (made, problems) = Makeable(raw, variables);
        return new SourceFindings(made.Count == 0 ? [] : Look(raw, made, path, cancellationToken),
            problems.ToDictionary(problem => problem.Variable.Name, problem => problem.Fault.Message, StringComparer.Ordinal),
            raw.Rows, mapping.ContentOf(raw.Content), mapping.ReceiptOf(raw.Content));
    }

    private (List<Variable> Made, List<(Variable Variable, SourceException Fault)> Problems) Makeable(Snapshot raw, IReadOnlyList<Variable> variables)
    {
        var (made, problems) = (new List<Variable>(), new List<(Variable, SourceException)>());
        foreach (var variable in variables)
        {
            var missing = mapping.Needs(variable).Where(name => raw.Columns.All(column => column.Name != name)).ToList();
            if (missing.Count > 0)
            {
                problems.Add((variable, faults.NoColumn(variable, missing)));
                continue;
            }

            try
            {
                _ = new MappingPlan(mapping, source, raw, [variable]);
                made.Add(variable);
            }
            catch (StepsRefused e)
            {
                problems.Add((variable, faults.Expression(variable, e.Message)));
            }
        }

        return (made, problems);
    }

    private IReadOnlyList<VariableFindings> Look(Snapshot raw, IReadOnlyList<Variable> variables, string path, CancellationToken cancellationToken)
    {
        var plan = new MappingPlan(mapping, source, raw, variables);
        return columns.Compute(raw, path, session =>
        {
            using var row = session.Read(plan.Counts);
            return row.Next() ? MappingCounts.Read(row, plan.Asked) : [];
        }, cancellationToken);
    }
}
