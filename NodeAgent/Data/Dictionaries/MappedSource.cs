using Vantage.DuckDb;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>
/// A source as its dictionary speaks of it. The site's columns are read as ever, into a file that no run sees; of it the
/// variables are made. What does not fit the dictionary is missing; where it is no slip but the rule, nothing is made.
/// </summary>
internal sealed class MappedSource(IDataSource inner, SourceMapping mapping) : IDataSource
{
    private static readonly DuckCaps Caps = new();
    private readonly DictionaryFaults faults = new(inner.Id, mapping);

    public string Id => inner.Id;

    public SourceMapping Mapping => mapping;

    public string? Stamp(DateTimeOffset now) => inner.Stamp(now);

    public async Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        try
        {
            var variables = Choose(columns);
            return await ReadAsync(variables, columns, path, raw => Snapshots.TakeAsync(path, () => Make(raw, variables, columns.Asked is not null, path, cancellationToken), cancellationToken), cancellationToken);
        }
        catch (SourceException e)
        {
            return new Extraction.Failed(e.Code, e.Message);
        }
    }

    /// <summary>How each variable stands, for the site's own people; those that can't be made are absent, with the reason.</summary>
    public async Task<(IReadOnlyList<VariableFindings> Findings, IReadOnlyList<(Variable Variable, string Problem)> Problems, Extraction.Failed? Failed)> FindAsync(
        string path, CancellationToken cancellationToken)
    {
        (IReadOnlyList<VariableFindings>, IReadOnlyList<(Variable, string)>) found = ([], []);
        var read = await ReadAsync([.. mapping.Held], ColumnChoice.All, path, raw => Snapshots.TakeAsync(path, () =>
        {
            var (made, problems) = Makeable(raw, [.. mapping.Held]);
            found = (made.Count == 0 ? [] : Findings(raw, made, path, cancellationToken), [.. problems.Select(problem => (problem.Variable, problem.Fault.Message))]);
            return raw;
        }, cancellationToken), cancellationToken);
        return (found.Item1, found.Item2, read as Extraction.Failed);
    }

    private List<Variable> Choose(ColumnChoice choice)
    {
        var visible = mapping.Dictionary.Variables.Where(variable => choice.Allowed?.Contains(variable.Name) ?? true).ToList();
        if (visible.Count == 0)
        {
            throw faults.NothingAllowed();
        }

        if (choice.Asked is not { } asked)
        {
            return [.. visible.Where(variable => !mapping.Of(variable).IsAbsent)];
        }

        if (asked.FirstOrDefault(name => visible.All(variable => variable.Name != name)) is { } unknown)
        {
            throw faults.NoVariable(unknown, visible.Select(variable => variable.Name));
        }

        var chosen = visible.Where(variable => asked.Contains(variable.Name)).ToList();
        return chosen.Find(variable => mapping.Of(variable).IsAbsent) is { } absent ? throw faults.Absent(absent)
            : chosen.Count == 0 ? throw faults.NoColumns()
            : chosen;
    }

    /// <summary>The site's columns as they are, in a file beside the snapshot that is gone afterwards.</summary>
    private async Task<Extraction> ReadAsync(
        IReadOnlyList<Variable> variables, ColumnChoice choice, string path, Func<Snapshot, Task<Extraction>> make, CancellationToken cancellationToken)
    {
        var raw = path + ".raw";
        try
        {
            var needed = variables.SelectMany(mapping.Needs).ToHashSet(StringComparer.Ordinal);
            var read = await inner.ExtractAsync(new ColumnChoice(null, needed) { Watch = choice.Watch, WithKeys = choice.WithKeys }, raw, cancellationToken);
            if (read is Extraction.Failed)
            {
                // It may be that none of the columns is there: then the rest is read, so that they can be named.
                read = await inner.ExtractAsync(ColumnChoice.All, raw, cancellationToken);
            }

            return read is Extraction.Done { Snapshot: var snapshot } ? await make(snapshot with { HasKeys = choice.WithKeys }) : read;
        }
        finally
        {
            File.Delete(raw);
        }
    }

    private Snapshot Make(Snapshot raw, List<Variable> variables, bool isAsked, string path, CancellationToken cancellationToken)
    {
        var (made, problems) = Makeable(raw, variables);
        if (problems.FirstOrDefault(problem => isAsked || problem.Variable.Required || mapping.Said.Any(said => said.Variable == problem.Variable.Name)) is { Fault: { } fault })
        {
            throw fault;
        }

        if (made.Count == 0)
        {
            throw faults.NothingAllowed();
        }

        if (Findings(raw, made, path, cancellationToken).FirstOrDefault(finding => finding.Mismatch is not null) is { Mismatch: { } misfit } bad)
        {
            throw faults.Mismatch(bad.Variable, misfit);
        }

        var plan = new MappingPlan(mapping, inner.Id, raw, made);
        var texts = plan.Columns.Where(c => c.Type == ColumnType.Text).Select(c => c.Name).ToList();
        var rows = With(raw, path, session => session.Run(CsvCopy.Of(plan.Rows, texts, path)), cancellationToken);
        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, new CsvOptions(Missing: []), plan.Columns, rows,
            Digest.OfText($"vantage-mapped/1\n{mapping.Steps}\n{raw.Content}\n"), LineMap.OfRows(raw.Lines.File, mayBreakLines: texts.Count > 0))
        {
            Mapping = new ReceiptMapping(mapping.Dictionary.Ref, mapping.Steps, raw.Content),
        };
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
                _ = new MappingPlan(mapping, inner.Id, raw, [variable]);
                made.Add(variable);
            }
            catch (StepsRefused e)
            {
                problems.Add((variable, faults.Expression(variable, e.Message)));
            }
        }

        return (made, problems);
    }

    private IReadOnlyList<VariableFindings> Findings(Snapshot raw, IReadOnlyList<Variable> variables, string path, CancellationToken cancellationToken)
    {
        var plan = new MappingPlan(mapping, inner.Id, raw, variables);
        return With(raw, path, session =>
        {
            using var row = session.Read(plan.Counts);
            return row.Next() ? MappingCounts.Read(row, plan.Asked) : [];
        }, cancellationToken);
    }

    private T With<T>(Snapshot raw, string path, Func<DuckSession, T> work, CancellationToken cancellationToken)
    {
        try
        {
            using var session = new DuckSession(Caps, [raw.Path, path], path + ".tmp", cancellationToken);
            return work(session);
        }
        catch (DuckException)
        {
            // What DuckDB says may quote cells, and is not passed on.
            throw SourceException.Invalid($"{faults.Source}: it could not be brought into dictionary {mapping.Dictionary.Ref.Words}. The node's admin looks with: vantage node data check {inner.Id}");
        }
        catch (DllNotFoundException)
        {
            throw new SourceException(RunCodes.DataUnavailable, DuckLibrary.Absence);
        }
        finally
        {
            if (Directory.Exists(path + ".tmp"))
            {
                Directory.Delete(path + ".tmp", recursive: true);
            }
        }
    }
}
