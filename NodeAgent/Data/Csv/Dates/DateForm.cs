using System.Globalization;
using System.Text;

namespace Vantage.NodeAgent.Data.Csv.Dates;

/// <summary>How dates are written: the order of day, month and year, and what stands between them. Years have four digits.</summary>
internal sealed record DateForm
{
    private static readonly char[] Separators = ['.', '/', '-'];
    private readonly string order;
    private readonly char separator;

    private DateForm(string name, string order, char separator) => (Name, this.order, this.separator) = (name, order, separator);

    /// <summary>Such as <c>dd.mm.yyyy</c>.</summary>
    public string Name { get; }

    public static IReadOnlyList<DateForm> All { get; } = [.. Separators.SelectMany(separator => (DateForm[])
    [
        new($"dd{separator}mm{separator}yyyy", "dmy", separator),
        new($"mm{separator}dd{separator}yyyy", "mdy", separator),
        new($"yyyy{separator}mm{separator}dd", "ymd", separator),
    ])];

    public static DateForm? Find(string name) => All.FirstOrDefault(form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>As ISO 8601 writes it, and every analysis reads it.</summary>
    public bool IsIso => Name == "yyyy-mm-dd";

    /// <summary>Days and months may have one digit.</summary>
    public DateOnly? Read(ReadOnlySpan<byte> cell)
    {
        Span<int> parts = stackalloc int[3];
        var place = 0;
        foreach (var range in cell.Split((byte)separator))
        {
            var digits = cell[range];
            if (place == parts.Length || digits.Length != (order[place] == 'y' ? 4 : Math.Clamp(digits.Length, 1, 2))
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out parts[place]))
            {
                return null;
            }

            place++;
        }

        var (year, month, day) = (parts[order.IndexOf('y')], parts[order.IndexOf('m')], parts[order.IndexOf('d')]);
        return place == parts.Length && year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new(year, month, day) : null;
    }

    public static byte[] Iso(DateOnly date) => Encoding.ASCII.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
