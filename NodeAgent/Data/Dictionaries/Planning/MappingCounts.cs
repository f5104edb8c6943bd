using Vantage.DuckDb;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Planning;

/// <summary>Reads what <see cref="MappingPlan.Counts"/> gives.</summary>
internal static class MappingCounts
{
    public static IReadOnlyList<VariableFindings> Read(DuckReader row, IReadOnlyList<(Variable Variable, IReadOnlyList<Misfit> Rules)> asked)
    {
        var at = 0;
        var rows = Next();
        var findings = new List<VariableFindings>();
        foreach (var (variable, rules) in asked)
        {
            var present = Next();
            var misfits = new Dictionary<Misfit, long> { [Misfit.Type] = present - Next() };
            foreach (var misfit in rules)
            {
                misfits[misfit] = misfits.GetValueOrDefault(misfit) + Next();
            }

            findings.Add(new VariableFindings(variable, rows, present, misfits.Where(m => m.Value > 0).ToDictionary()));
        }

        return findings;

        long Next() => row.Longs(at++)[0];
    }
}
