namespace Vantage.NodeAgent.Data.Omop;

/// <summary>One of the CDM's tables of what happened to persons, and what its columns are called there (version 5.4).</summary>
/// <param name="Name">As node.yaml calls it.</param>
/// <param name="Table">As the CDM does.</param>
/// <param name="Key">By which records of one day are told apart.</param>
/// <param name="HasValues">Whether its records have a number and a unit.</param>
internal sealed record CdmTable(string Name, string Table, string Key, string Concept, string Date, bool HasValues = false)
{
    public static IReadOnlyList<CdmTable> All { get; } =
    [
        new("condition", "condition_occurrence", "condition_occurrence_id", "condition_concept_id", "condition_start_date"),
        new("drug", "drug_exposure", "drug_exposure_id", "drug_concept_id", "drug_exposure_start_date"),
        new("procedure", "procedure_occurrence", "procedure_occurrence_id", "procedure_concept_id", "procedure_date"),
        new("measurement", "measurement", "measurement_id", "measurement_concept_id", "measurement_date", HasValues: true),
        new("observation", "observation", "observation_id", "observation_concept_id", "observation_date", HasValues: true),
        new("visit", "visit_occurrence", "visit_occurrence_id", "visit_concept_id", "visit_start_date"),
    ];

    public static CdmTable? Find(string name) => All.FirstOrDefault(table => table.Name == name);
}
