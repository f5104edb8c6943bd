using System.Globalization;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>A place in the stream of events, as it travels in <c>Last-Event-ID</c>: the transaction, then the event.</summary>
internal readonly record struct EventPosition(ulong Transaction, long Event)
{
    public static bool TryParse(string text, out EventPosition position)
    {
        position = default;
        if (text.Split('-') is not [var transaction, var id]
            || !ulong.TryParse(transaction, NumberStyles.None, CultureInfo.InvariantCulture, out var x)
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var e))
        {
            return false;
        }

        position = new EventPosition(x, e);
        return true;
    }

    /// <summary>Before everything of this transaction and later ones, and behind everything of earlier ones.</summary>
    public static EventPosition Before(ulong transaction) => new(transaction - 1, long.MaxValue);

    public bool IsBefore(EventPosition other) =>
        Transaction < other.Transaction || (Transaction == other.Transaction && Event < other.Event);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}-{Event}");
}
