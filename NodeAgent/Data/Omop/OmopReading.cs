using System.Globalization;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Data.Omop;

/// <summary>The <c>omop:</c> of a source.</summary>
internal static partial class OmopReading
{
    private const int MostColumns = 200;
    private const int MostDays = 40_000;

    /// <summary>What every such table has.</summary>
    private static readonly IReadOnlyList<string> Given = ["age", "sex", "prior_days", "followup_days", "died"];

    /// <param name="omop">The section.</param>
    /// <param name="directory">What paths of concept sets are relative to: the node's directory.</param>
    public static OmopTable Read(YamlSection omop, string directory)
    {
        var columns = new List<OmopColumn>();
        foreach (var section in omop.Sections("columns"))
        {
            columns.Add(Column(section, directory, [.. Given, .. columns.Select(c => c.Name)]));
            section.Done();
        }

        if (columns.Count > MostColumns)
        {
            omop.Problem("columns", $"More than {MostColumns} columns are no table that one statement makes.");
        }

        var table = new OmopTable(omop.RequiredText("schema", "where the CDM's tables are"), omop.Text("vocabulary"), Cohort(omop.Section("cohort"), directory), columns);
        omop.Done();
        return table;
    }

    private static OmopCohort? Cohort(YamlSection? section, string directory)
    {
        if (section is null)
        {
            return null;
        }

        var index = section.Text("index") ?? "first";
        if (index is not ("first" or "last"))
        {
            section.Problem("index", "'index' is first or last: whose day counts as the index day.");
        }

        var cohort = new OmopCohort(Table(section), Concepts(section, directory), index == "last", section.Number("priorDays", 0, 0, MostDays));
        section.Done();
        return cohort;
    }

    private static OmopColumn Column(YamlSection section, string directory, IReadOnlyList<string> taken)
    {
        var name = section.RequiredText("name", "how the column is called");
        if (name.Length > 0 && (!Plain().IsMatch(name) || taken.Contains(name)))
        {
            section.Problem("name", taken.Contains(name) ? $"There is a column '{name}' already." : "A column's name is a-z, 0-9 and '_', begins with a letter and has at most 60.");
        }

        var table = Table(section);
        var value = Value(section, table);
        var days = section.Texts("days");
        if (days.Count != 2 || !Whole(days[0], out var from) || !Whole(days[1], out var to) || from > to || from < -MostDays || to > MostDays)
        {
            section.Problem("days", "'days' are the window's first and last day, counted from the index day: [-365, 0].");
            (from, to) = (0, 0);
        }

        var unit = section.Has("unit") ? section.Number("unit", 0, 1, int.MaxValue) : (int?)null;
        if (unit is not null && !table.HasValues)
        {
            section.Problem("unit", $"Records of '{table.Name}' have no unit.");
        }

        return new OmopColumn(name, table, Concepts(section, directory), from, to, value, table.HasValues ? unit : null);
    }

    private static OmopValue Value(YamlSection section, CdmTable table)
    {
        OmopValue? value = section.Text("value") switch
        {
            null or "any" => OmopValue.Any,
            "count" => OmopValue.Count,
            "first" => OmopValue.First,
            "last" => OmopValue.Last,
            "mean" => OmopValue.Mean,
            "min" => OmopValue.Min,
            "max" => OmopValue.Max,
            _ => null,
        };
        if (value is null)
        {
            section.Problem("value", "'value' is any, count, first, last, mean, min or max.");
        }
        else if (value is not (OmopValue.Any or OmopValue.Count) && !table.HasValues)
        {
            section.Problem("value", $"Records of '{table.Name}' have no number: 'value' is any or count.");
            return OmopValue.Any;
        }

        return value ?? OmopValue.Any;
    }

    private static CdmTable Table(YamlSection section)
    {
        var name = section.RequiredText("table", "where the records are");
        if (CdmTable.Find(name) is { } table)
        {
            return table;
        }

        section.Problem("table", $"'table' is one of {string.Join(", ", CdmTable.All.Select(t => t.Name))}.");
        return CdmTable.All[0];
    }

    private static IReadOnlyList<OmopConcept> Concepts(YamlSection section, string directory)
    {
        if (section.Text("conceptSet") is { } file)
        {
            var (concepts, problem) = ConceptSetFile.Read(Path.GetFullPath(file, directory));
            problem = section.Has("concepts") ? "'concepts' and 'conceptSet' both say which concepts: one of them is enough." : problem;
            if (problem is not null)
            {
                section.Problem("conceptSet", problem);
            }

            return concepts;
        }

        var texts = section.Texts("concepts");
        if (texts.Count == 0 || texts.Any(text => !Whole(text, out var id) || id <= 0))
        {
            section.Problem("concepts", "'concepts' are the ids of standard concepts, such as [201826]; each stands for all its descendants too. Or 'conceptSet' names a file that ATLAS exported.");
            return [];
        }

        return [.. texts.Distinct(StringComparer.Ordinal).Select(text => new OmopConcept(int.Parse(text, CultureInfo.InvariantCulture)))];
    }

    private static bool Whole(string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,59}\z")]
    private static partial Regex Plain();
}
