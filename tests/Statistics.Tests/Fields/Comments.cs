using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Statistics.Tests.Fields;

/// <summary>What the library's own comments say of its properties, as Markdown.</summary>
internal sealed partial class Comments
{
    private readonly Dictionary<string, XElement> members;

    public Comments(Assembly assembly) => members = XDocument
        .Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    public static string JsonName(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Empty where there is none.</summary>
    public string Of(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public string Of(Type type) => Summary("T:" + type.FullName);

    private string Summary(string member) => members.GetValueOrDefault(member)?.Element("summary") is { } summary
        ? Blanks().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal)
        : "";

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{Referred(see.Attribute("cref")!.Value)}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{JsonName(parameter.Attribute("name")!.Value)}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    private static string Referred(string cref)
    {
        var name = cref[(cref.LastIndexOf('.') + 1)..];
        return cref.StartsWith("P:", StringComparison.Ordinal) ? JsonName(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
