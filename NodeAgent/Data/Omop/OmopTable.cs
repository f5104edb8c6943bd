namespace Vantage.NodeAgent.Data.Omop;

/// <summary>A table of one row a person, made of a CDM.</summary>
/// <param name="Schema">Where the CDM's tables are.</param>
/// <param name="Vocabulary">Where concept and concept_ancestor are, if not there.</param>
/// <param name="Cohort">Whose row there is; null for every person who is observed.</param>
/// <param name="Columns">Besides age, sex, what was observed, and death.</param>
internal sealed record OmopTable(string Schema, string? Vocabulary, OmopCohort? Cohort, IReadOnlyList<OmopColumn> Columns);

/// <summary>Persons by a record of theirs, whose day is the index day.</summary>
/// <param name="Concepts">Of the record.</param>
/// <param name="IsLast">The person's last such record ever, not the first.</param>
/// <param name="PriorDays">So many days they were observed before it, at least.</param>
internal sealed record OmopCohort(CdmTable Table, IReadOnlyList<OmopConcept> Concepts, bool IsLast, int PriorDays);

/// <summary>One column, of a person's records in a window around the index day.</summary>
/// <param name="Concepts">Of the records.</param>
/// <param name="From">The window's first day, counted from the index day.</param>
/// <param name="To">Its last day.</param>
/// <param name="Unit">Only records in this unit count, by its concept; null for all.</param>
internal sealed record OmopColumn(
    string Name, CdmTable Table, IReadOnlyList<OmopConcept> Concepts, int From, int To, OmopValue Value, int? Unit);

/// <summary>One line of a concept set.</summary>
/// <param name="Id">A standard concept.</param>
/// <param name="WithDescendants">It stands for all of those too.</param>
/// <param name="IsExcluded">What it stands for does not belong to the set, whatever other lines say.</param>
internal readonly record struct OmopConcept(int Id, bool WithDescendants = true, bool IsExcluded = false)
{
    public static implicit operator OmopConcept(int id) => new(id);
}

/// <summary>What is made of the records in the window.</summary>
internal enum OmopValue
{
    /// <summary>1 if there is one, else 0.</summary>
    Any,

    /// <summary>How many.</summary>
    Count,

    First,
    Last,
    Mean,
    Min,
    Max,
}
