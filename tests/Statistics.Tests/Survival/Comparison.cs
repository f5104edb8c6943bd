using System.Text.Json;

namespace Statistics.Tests.Survival;

/// <summary>Collects what differs from a reference by more than 1e-9.</summary>
internal sealed class Comparison(JsonElement expected)
{
    private const double Tolerance = 1e-9;
    private readonly List<string> differences = [];

    public IReadOnlyList<string> Differences => differences;

    public void Exact(string name, long own)
    {
        if (expected.GetProperty(name).GetInt64() != own)
            differences.Add($"{name} {expected.GetProperty(name)} / {own}");
    }

    public void Texts(string name, IEnumerable<string> own)
    {
        string?[] wanted = [.. expected.GetProperty(name).EnumerateArray().Select(e => e.GetString())];
        if (!wanted.SequenceEqual(own))
            differences.Add($"{name} {string.Join('|', wanted)} / {string.Join('|', own)}");
    }

    public void One(string name, double? own, double scale = 0) => Close(name, expected.GetProperty(name), own, scale);

    public void All(string name, IEnumerable<double?> own, Func<int, double>? scale = null) =>
        All(name, expected.GetProperty(name), own, scale);

    public void All(string name, JsonElement wanted, IEnumerable<double?> own, Func<int, double>? scale = null)
    {
        double?[] values = [.. own];
        if (wanted.GetArrayLength() != values.Length)
            differences.Add($"{name}: {wanted.GetArrayLength()} / {values.Length} values");
        foreach (var (i, pair) in wanted.EnumerateArray().Zip(values).Index())
            Close($"{name}[{i}]", pair.First, pair.Second, scale?.Invoke(i) ?? 0);
    }

    /// <param name="name">For the message.</param>
    /// <param name="wanted">R's.</param>
    /// <param name="own">Ours.</param>
    /// <param name="scale">What lies near zero is compared by this, such as the error of an estimate.</param>
    public void Close(string name, JsonElement wanted, double? own, double scale)
    {
        if (wanted.ValueKind == JsonValueKind.Null && own is null)
            return;
        var value = wanted.ValueKind == JsonValueKind.Null ? double.NaN : wanted.GetDouble();
        var difference = Math.Abs(value - (own ?? double.NaN));
        if (!(difference <= Tolerance * Math.Max(Math.Abs(value), scale)))
            differences.Add($"{name}: R {value:R}, federated {own:R}, {difference / Math.Abs(value):E1}");
    }
}
