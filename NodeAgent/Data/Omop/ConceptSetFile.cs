using System.Text.Json;

namespace Vantage.NodeAgent.Data.Omop;

/// <summary>
/// A concept set as OHDSI's tools exchange it (ATLAS: Concept Sets, Export, Expression): a JSON object with <c>items</c>, each
/// with its concept, whether it is excluded, and whether its descendants go with it.
/// </summary>
internal static class ConceptSetFile
{
    private const int MostBytes = 16 << 20;

    /// <returns>The set; or why there is none, in words.</returns>
    public static (IReadOnlyList<OmopConcept> Concepts, string? Problem) Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                return ([], $"'{Path.GetFileName(path)}' has more than {MostBytes >> 20} MiB, and is no concept set.");
            }

            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            var concepts = new List<OmopConcept>();
            foreach (var item in file.RootElement.GetProperty("items").EnumerateArray())
            {
                if (Is(item, "includeMapped"))
                {
                    return ([], $"'{Path.GetFileName(path)}' takes in what is mapped to concept {Id(item)}: records are looked for by standard concepts. Resolve it where it was made.");
                }

                concepts.Add(new(Id(item), Is(item, "includeDescendants"), Is(item, "isExcluded")));
            }

            return concepts.Exists(concept => !concept.IsExcluded) ? (concepts, null) : ([], $"'{Path.GetFileName(path)}' is a concept set without a concept that is not excluded.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], $"'{path}' can't be read ({e.GetType().Name}). It is the file of a concept set, relative to the node's directory.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return ([], $"'{Path.GetFileName(path)}' is no concept set: JSON with \"items\", each with \"concept\": {{\"CONCEPT_ID\": …}}, \"isExcluded\" and \"includeDescendants\", as ATLAS exports it.");
        }
    }

    private static int Id(JsonElement item) => item.GetProperty("concept").GetProperty("CONCEPT_ID").GetInt32();

    private static bool Is(JsonElement item, string flag) => item.TryGetProperty(flag, out var told) && told.GetBoolean();
}
