using System.Text;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>A dictionary, and what a site does to its columns to speak it.</summary>
internal sealed record SourceMapping(DataDictionary Dictionary, IReadOnlyList<VariableMapping> Said)
{
    /// <summary>Grows when the same words come to mean something else.</summary>
    private const string Meaning = "vantage-mapping/1";

    private readonly Dictionary<string, VariableMapping> said = Said.ToDictionary(each => each.Variable, StringComparer.Ordinal);

    /// <summary>Of the dictionary and all that the site says; each part is preceded by its length.</summary>
    public Digest Steps { get; } = Digest.OfText(string.Concat(
        Said.OrderBy(each => each.Variable, StringComparer.Ordinal).SelectMany(each => each.Parts.Append(";"))
            .Prepend(Dictionary.Ref.Digest.ToString()).Prepend(Meaning).Select(part => $"{Encoding.UTF8.GetByteCount(part)}:{part};")));

    /// <summary>A variable that nothing is said of is the column of its name.</summary>
    public VariableMapping Of(Variable variable) => said.GetValueOrDefault(variable.Name) ?? new VariableMapping(variable.Name);

    /// <summary>Whether the site says anything of it.</summary>
    public bool Says(Variable variable) => said.ContainsKey(variable.Name);

    /// <summary>Those that the site does not say it lacks.</summary>
    public IEnumerable<Variable> Held => Dictionary.Variables.Where(variable => !Of(variable).IsAbsent);

    /// <summary>The site's columns that a variable is made of.</summary>
    public IReadOnlyList<string> Needs(Variable variable) => Of(variable) is var how && how.As is { } expression
        ? [.. ExpressionParser.Parse(expression).Columns.Distinct(StringComparer.Ordinal)]
        : [how.Source!];

    /// <summary>Of the variables, when the site's own data are these: another mapping makes other data.</summary>
    public Digest ContentOf(Digest raw) => Digest.OfText($"vantage-mapped/1\n{Steps}\n{raw}\n");

    public ReceiptMapping ReceiptOf(Digest raw) => new(Dictionary.Ref, Steps, raw);
}
