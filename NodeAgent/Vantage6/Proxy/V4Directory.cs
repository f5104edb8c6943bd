using System.Text.Json.Nodes;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>Who takes part, in the shapes that vantage6's tools read: only whom this run may ask, and this site.</summary>
internal sealed class V4Directory(V4World world)
{
    public JsonObject Organizations(int? collaboration, int? study, int? page)
    {
        var isOurs = collaboration is null or V4World.Collaboration && (study is null || (world.HasStudy && study == V4World.Study));
        return Page(isOurs ? world.Organizations.Select(one => Shape(one.Id, one.Name)) : [], page);
    }

    public JsonObject Organization(int id) => world.Organizations.Where(one => one.Id == id).ToList() is [var one]
        ? Shape(one.Id, one.Name) : throw Nothing("organization");

    public JsonObject Collaboration(int id) => id == V4World.Collaboration
        ? new JsonObject
        {
            ["id"] = id,
            ["name"] = "this collaboration",
            // Sealing is the node's: an image that sealed besides would seal what it has no keys for.
            ["encrypted"] = false,
            ["organizations"] = new JsonArray([.. world.Organizations.Select(one => Link("organization", one.Id))]),
        }
        : throw Nothing("collaboration");

    public JsonObject Studies(int? page) => Page(world.HasStudy ? [Study(V4World.Study)] : [], page);

    public JsonObject Study(int id) => world.HasStudy && id == V4World.Study
        ? new JsonObject
        {
            ["id"] = id,
            ["name"] = "this study",
            ["collaboration"] = Link("collaboration", V4World.Collaboration),
            ["organizations"] = new JsonArray([.. world.Organizations.Select(one => Link("organization", one.Id))]),
        }
        : throw Nothing("study");

    public static JsonObject Link(string resource, int id) =>
        new() { ["id"] = id, ["link"] = $"/api/{resource}/{id}", ["methods"] = new JsonArray("GET") };

    /// <summary>All of it is the first page.</summary>
    public static JsonObject Page(IEnumerable<JsonNode> items, int? page) => new()
    {
        ["data"] = new JsonArray([.. page is null or 1 ? items : []]),
        ["links"] = new JsonObject(),
    };

    public static V4Refusal Nothing(string what) => new(StatusCodes.Status404NotFound, $"This run knows of no such {what}.");

    private static JsonObject Shape(int id, string name) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["domain"] = null,
        ["country"] = null,
        // Inputs are sealed by the node, to keys that were signed for; nothing is sealed to this one.
        ["public_key"] = "",
    };
}
