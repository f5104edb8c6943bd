using System.Globalization;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Arguments;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>arguments:</c> of a rule: by function, by argument, what may be asked.</summary>
internal static class ArgumentsReader
{
    private const string Any = "any";

    public static IReadOnlyDictionary<string, ArgumentLimits>? Read(YamlSection rule)
    {
        if (!rule.Has("arguments"))
        {
            return null;
        }

        var functions = new Dictionary<string, ArgumentLimits>(StringComparer.Ordinal);
        if (rule.Section("arguments") is not { } section)
        {
            rule.Problem("arguments", "'arguments' holds one line a function: 'NAME: any', or the arguments it may be given. Leave the line out"
                + " if they do not matter.");
            return functions;
        }

        foreach (var function in section.Keys.ToList())
        {
            functions[function] = section.IsSection(function)
                ? new ArgumentLimits(Members(section.Section(function)!))
                : Word(section, function) ? ArgumentLimits.Any : new ArgumentLimits(new Dictionary<string, MemberLimit>());
        }

        section.Done();
        return functions;
    }

    private static Dictionary<string, MemberLimit> Members(YamlSection function)
    {
        var members = new Dictionary<string, MemberLimit>(StringComparer.Ordinal);
        foreach (var name in function.Keys.ToList())
        {
            members[name] = function.IsSection(name) ? Limit(function.Section(name)!) : MemberLimit.Any;
            if (!function.IsSection(name))
            {
                Word(function, name);
            }
        }

        foreach (var name in members.Keys.Where(name => members.Keys.Any(inner => inner.StartsWith(name + ArgumentLimits.Separator, StringComparison.Ordinal))))
        {
            function.Problem(name, $"'{name}' is limited as a whole and by its members; name either.");
        }

        function.Done();
        return members;
    }

    private static bool Word(YamlSection section, string key)
    {
        if (section.Text(key) == Any)
        {
            return true;
        }

        section.Problem(key, $"'{key}' is '{Any}', or lines that limit it.");
        return false;
    }

    private static MemberLimit Limit(YamlSection member)
    {
        var limit = new MemberLimit
        {
            Values = RuleLists.Texts(member, "values")?.SelectMany(text => new[] { text, AsNumber(text) }).ToHashSet(),
            Min = Number(member, "min"),
            Max = Number(member, "max"),
            MaxItems = member.Has("maxItems") ? member.Number("maxItems", 1, 1, int.MaxValue) : null,
            MaxLength = member.Has("maxLength") ? member.Number("maxLength", 1, 1, int.MaxValue) : null,
            Required = member.Flag("required", otherwise: false),
        };
        if (limit.Min > limit.Max)
        {
            member.Problem("min", "'min' is above 'max', so nothing is allowed.");
        }

        if (limit.IsAny)
        {
            member.Problem($"No limit is written here: say '{Any}' if every value may be asked for.");
        }

        member.Done();
        return limit;
    }

    /// <summary>As requests are compared: a number by its value.</summary>
    private static string AsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : text;

    private static double? Number(YamlSection member, string key)
    {
        if (member.Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        member.Problem(key, $"'{key}' is a number.");
        return null;
    }
}
