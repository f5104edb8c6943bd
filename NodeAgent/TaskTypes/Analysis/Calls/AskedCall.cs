using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Calls;

/// <summary>One call of a run, as the order that it would be by itself: whatever judges a run judges it the same way.</summary>
/// <param name="Index">Its place among the calls of the run.</param>
internal sealed record AskedCall(int Index, RunOrder Order)
{
    /// <summary>The same each time that the run is begun, and that of no other call.</summary>
    public RunId Own
    {
        get
        {
            var bytes = Order.Run.Value.ToByteArray(bigEndian: true);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(12)) ^ (Index + 1));
            return RunId.From(new Guid(bytes, bigEndian: true));
        }
    }

    public static IEnumerable<AskedCall> Of(RunOrder order, CallBatch batch) => batch.Calls.Select((call, index) => new AskedCall(index, order with
    {
        Manifest = order.Manifest with { Algorithm = batch.Algorithms[call.Algorithm], Function = call.Function },
        Arguments = JsonMarshal.GetRawUtf8Value(call.Arguments).ToArray(),
    }));
}

/// <summary>A call that is allowed, and by which rule.</summary>
internal sealed record AllowedCall(AskedCall Asked, RunPermit Permit)
{
    public RunOrder Order => Asked.Order;
}

/// <summary>Calls that one program may do: the same rule of the same policy decided, and the same code is started.</summary>
/// <param name="Order">Whose terms the program is started by: those of any of them.</param>
/// <param name="Permit">With the columns of all of them.</param>
internal sealed record CallGroup(RunOrder Order, RunPermit Permit, IReadOnlyList<AllowedCall> Calls)
{
    public static IEnumerable<CallGroup> ByRule(IEnumerable<AllowedCall> calls) => calls
        .GroupBy(call => (call.Permit.Rule, call.Permit.Decision.Policy, call.Permit.Code, call.Permit.Warm), new ByReference())
        .Select(group => Of([.. group]));

    public static CallGroup Of(IReadOnlyList<AllowedCall> calls)
    {
        var labels = calls[0].Order.Manifest.Data.Select(data => data.Label)
            // Where one of them sees all that the rule allows, so does their snapshot.
            .Where(label => calls.All(call => call.Permit.Columns.ContainsKey(label)));
        var columns = labels.ToDictionary(label => label, IReadOnlyList<string> (label) =>
            [.. calls.SelectMany(call => call.Permit.Columns[label]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StringComparer.Ordinal);
        return new CallGroup(calls[0].Order, calls[0].Permit with
        {
            Columns = columns,
            // One snapshot is for all of them.
            Formats = [.. calls.Select(call => call.Permit.Formats).Aggregate((some, others) => [.. some.Intersect(others)])],
        }, calls);
    }

    public static CallGroup Left(CallGroup group, Func<AllowedCall, bool> which) =>
        group.Calls.Where(which).ToList() is [_, ..] left ? Of(left) : group with { Calls = [] };

    /// <summary>A policy that is read anew between two calls has other rules, whatever they are called.</summary>
    private sealed class ByReference : IEqualityComparer<(AcceptRule Rule, string Policy, RuntimeCode Code, bool Warm)>
    {
        public bool Equals((AcceptRule Rule, string Policy, RuntimeCode Code, bool Warm) x, (AcceptRule Rule, string Policy, RuntimeCode Code, bool Warm) y) =>
            ReferenceEquals(x.Rule, y.Rule) && x.Policy == y.Policy && x.Code == y.Code && x.Warm == y.Warm;

        public int GetHashCode((AcceptRule Rule, string Policy, RuntimeCode Code, bool Warm) of) => HashCode.Combine(of.Rule.Name, of.Policy);
    }
}
