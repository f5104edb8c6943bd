using Vantage.NodeAgent.Data.Omop;
using Vantage.Tests.NodeAgent.Data.Postgres;

namespace Vantage.Tests.NodeAgent.Data.Omop;

/// <summary>
/// The tables of a CDM 5.4 that matter here, with thirty persons: six whose stories are told below, and two dozen of whom
/// nothing is known but that they were observed. Schemas are called as no schema should be.
/// </summary>
internal static class SmallCdm
{
    public const string Schema = "cdm 5.4\"'; DROP";
    public const string Vocabulary = "Vocab";

    public const int Diabetes = 201820;
    public const int TypeTwo = 201826;
    public const int Metformin = 1503297;
    public const int MetforminTablet = 40164929;
    public const int Hba1c = 3004410;
    public const int Percent = 8554;
    public const int PerMol = 9579;

    private const string Quoted = "\"cdm 5.4\"\"'; DROP\"";

    public static Task MakeAsync(Hospital hospital) => hospital.RunAsync($"""
        DROP SCHEMA IF EXISTS {Quoted} CASCADE;
        DROP SCHEMA IF EXISTS "{Vocabulary}" CASCADE;
        CREATE SCHEMA "{Vocabulary}";
        CREATE TABLE "{Vocabulary}".concept (concept_id integer NOT NULL PRIMARY KEY, concept_name varchar(255) NOT NULL, domain_id varchar(20) NOT NULL);
        CREATE TABLE "{Vocabulary}".concept_ancestor (ancestor_concept_id integer NOT NULL, descendant_concept_id integer NOT NULL,
            min_levels_of_separation integer NOT NULL, max_levels_of_separation integer NOT NULL);
        INSERT INTO "{Vocabulary}".concept VALUES (0, 'No matching concept', 'Metadata'), (8507, 'MALE', 'Gender'), (8532, 'FEMALE', 'Gender'),
            ({Diabetes}, 'Diabetes mellitus', 'Condition'), ({TypeTwo}, 'Type 2 diabetes mellitus', 'Condition'),
            ({Metformin}, 'metformin', 'Drug'), ({MetforminTablet}, 'metformin 500 MG Oral Tablet', 'Drug'),
            ({Hba1c}, 'Hemoglobin A1c/Hemoglobin.total in Blood', 'Measurement'), ({Percent}, 'percent', 'Unit'), ({PerMol}, 'millimole per mole', 'Unit');
        INSERT INTO "{Vocabulary}".concept_ancestor VALUES ({Diabetes}, {Diabetes}, 0, 0), ({Diabetes}, {TypeTwo}, 1, 1), ({Metformin}, {MetforminTablet}, 1, 1);
        CREATE SCHEMA {Quoted};
        SET search_path = {Quoted};
        CREATE TABLE person (person_id integer NOT NULL PRIMARY KEY, gender_concept_id integer NOT NULL, year_of_birth integer NOT NULL,
            month_of_birth integer, day_of_birth integer, race_concept_id integer NOT NULL DEFAULT 0, ethnicity_concept_id integer NOT NULL DEFAULT 0);
        CREATE TABLE observation_period (observation_period_id integer GENERATED ALWAYS AS IDENTITY, person_id integer NOT NULL,
            observation_period_start_date date NOT NULL, observation_period_end_date date NOT NULL);
        CREATE TABLE death (person_id integer NOT NULL, death_date date NOT NULL);
        CREATE TABLE condition_occurrence (condition_occurrence_id integer GENERATED ALWAYS AS IDENTITY, person_id integer NOT NULL,
            condition_concept_id integer NOT NULL, condition_start_date date NOT NULL);
        CREATE TABLE drug_exposure (drug_exposure_id integer GENERATED ALWAYS AS IDENTITY, person_id integer NOT NULL,
            drug_concept_id integer NOT NULL, drug_exposure_start_date date NOT NULL);
        CREATE TABLE procedure_occurrence (procedure_occurrence_id integer, person_id integer, procedure_concept_id integer, procedure_date date);
        CREATE TABLE visit_occurrence (visit_occurrence_id integer, person_id integer, visit_concept_id integer, visit_start_date date);
        CREATE TABLE observation (observation_id integer, person_id integer, observation_concept_id integer, observation_date date,
            value_as_number numeric, unit_concept_id integer);
        CREATE TABLE measurement (measurement_id integer GENERATED ALWAYS AS IDENTITY, person_id integer NOT NULL,
            measurement_concept_id integer NOT NULL, measurement_date date NOT NULL, value_as_number numeric, unit_concept_id integer);

        INSERT INTO person VALUES (1, 8532, 1960, 5, 10), (2, 8507, 1950, NULL, NULL), (3, 8507, 1955, 3, 1), (4, 0, 1980, 1, 1),
            (5, 8507, 1990, 12, 31), (6, 8532, 1970, 6, 1);
        INSERT INTO observation_period (person_id, observation_period_start_date, observation_period_end_date) VALUES
            (1, '2015-01-01', '2020-12-31'), (2, '2010-01-01', '2019-06-30'), (3, '2012-01-01', '2018-12-31'), (4, '2016-01-01', '2020-12-31'),
            (5, '2011-07-01', '2016-07-01'), (6, '2017-01-01', '2018-12-31');
        -- Person 1: a day before her birthday; the later record changes nothing.
        INSERT INTO condition_occurrence (person_id, condition_concept_id, condition_start_date) VALUES
            (1, {TypeTwo}, '2018-05-09'), (1, {TypeTwo}, '2019-01-01'),
        -- Person 2: died thirty days after. Person 3: for the first time before anybody looked, and again later.
            (2, {Diabetes}, '2012-03-01'), (3, {TypeTwo}, '2009-02-01'), (3, {TypeTwo}, '2016-01-02'),
        -- Person 4: two weeks after the observation began. Person 6: on her birthday, died after its end.
            (4, {TypeTwo}, '2016-01-15'), (6, {TypeTwo}, '2018-06-01');
        INSERT INTO death VALUES (2, '2012-03-31'), (6, '2019-02-01');
        -- Person 1: within ninety days twice, as a tablet; person 6 the day before.
        INSERT INTO drug_exposure (person_id, drug_concept_id, drug_exposure_start_date) VALUES
            (1, {MetforminTablet}, '2018-05-20'), (1, {MetforminTablet}, '2018-07-01'), (1, {Metformin}, '2018-12-01'), (6, {Metformin}, '2018-05-31');
        INSERT INTO measurement (person_id, measurement_concept_id, measurement_date, value_as_number, unit_concept_id) VALUES
            (1, {Hba1c}, '2017-05-09', 9.9, {Percent}), (1, {Hba1c}, '2017-05-08', 5.5, {Percent}), (1, {Hba1c}, '2018-05-01', 8.4, {Percent}),
            (1, {Hba1c}, '2018-05-05', 68, {PerMol}), (1, {Hba1c}, '2018-05-06', NULL, {Percent}), (1, {Hba1c}, '2018-05-10', 4.4, {Percent}),
            (6, {Hba1c}, '2018-06-01', 7.25, {Percent}), (6, {Hba1c}, '2018-06-01', 7.75, {Percent});
        INSERT INTO person SELECT i, CASE WHEN i % 2 = 0 THEN 8507 ELSE 8532 END, 1900 + i % 50, 1, 1 FROM generate_series(100, 123) i;
        INSERT INTO observation_period (person_id, observation_period_start_date, observation_period_end_date)
            SELECT i, '2014-01-01', '2014-12-31' FROM generate_series(100, 123) i;
        GRANT USAGE ON SCHEMA {Quoted}, "{Vocabulary}" TO {hospital.Reader};
        GRANT SELECT ON ALL TABLES IN SCHEMA {Quoted} TO {hospital.Reader};
        GRANT SELECT ON ALL TABLES IN SCHEMA "{Vocabulary}" TO {hospital.Reader};
        """);

    public static OmopColumn Column(string name, string table, int concept, int from, int to, OmopValue value, int? unit = null) =>
        new(name, CdmTable.Find(table)!, [concept], from, to, value, unit);
}
