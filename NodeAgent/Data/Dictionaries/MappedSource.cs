using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>
/// A source as its dictionary speaks of it: the site's columns are read as ever, and of them the variables are made that a run
/// asks for.
/// </summary>
internal sealed class MappedSource : IDataSource
{
    private readonly IDataSource inner;
    private readonly DictionaryFaults faults;
    private readonly SiteColumns columns;
    private readonly VariableMaker maker;

    public MappedSource(IDataSource inner, SourceMapping mapping, string? site = null)
    {
        (this.inner, Mapping) = (inner, mapping);
        faults = new DictionaryFaults(inner.Id, mapping, site);
        columns = new SiteColumns(inner, mapping, faults);
        maker = new VariableMaker(inner.Id, mapping, columns, faults);
    }

    public string Id => inner.Id;

    public SourceMapping Mapping { get; }

    public string? Stamp(DateTimeOffset now) => inner.Stamp(now);

    public async Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        try
        {
            var variables = Choose(columns);
            return await this.columns.ReadAsync(variables, columns, path,
                raw => maker.Make(raw, variables, columns.Asked is not null, path, cancellationToken), cancellationToken);
        }
        catch (SourceException e)
        {
            return new Extraction.Failed(e.Code, e.Message);
        }
    }

    /// <summary>How each variable stands, whoever may see it. Nothing of what was read is kept.</summary>
    /// <exception cref="SourceException">The source can't be read.</exception>
    public async Task<SourceFindings> FindAsync(string path, CancellationToken cancellationToken)
    {
        SourceFindings? found = null;
        IReadOnlyList<Variable> held = [.. Mapping.Held];
        var read = await columns.ReadAsync(held, ColumnChoice.All, path, raw =>
        {
            found = maker.Find(raw, held, path, cancellationToken);
            return raw;
        }, cancellationToken);
        return found ?? throw (read is Extraction.Failed failed
            ? new SourceException(failed.Code, failed.Message)
            : new InvalidOperationException("What was read was looked at."));
    }

    private List<Variable> Choose(ColumnChoice choice)
    {
        var visible = Mapping.Dictionary.Variables.Where(variable => choice.Allowed?.Contains(variable.Name) ?? true).ToList();
        if (visible.Count == 0)
        {
            throw faults.NothingAllowed();
        }

        if (choice.Asked is not { } asked)
        {
            return [.. visible.Where(variable => !Mapping.Of(variable).IsAbsent)];
        }

        var (wanted, names) = (asked.ToHashSet(StringComparer.Ordinal), visible.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal));
        if (asked.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw faults.NoVariable(unknown, names);
        }

        var chosen = visible.Where(variable => wanted.Contains(variable.Name)).ToList();
        return chosen.Find(variable => Mapping.Of(variable).IsAbsent) is { } absent ? throw faults.Absent(absent)
            : chosen.Count == 0 ? throw faults.NoColumns()
            : chosen;
    }
}
