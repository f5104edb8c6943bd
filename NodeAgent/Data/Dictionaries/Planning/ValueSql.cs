using System.Globalization;
using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Dictionaries.Planning;

/// <summary>Why a value does not fit its variable.</summary>
internal enum Misfit
{
    /// <summary>It is of another type.</summary>
    Type,

    /// <summary>It is none of the levels.</summary>
    Level,

    /// <summary>It lies outside the range.</summary>
    Range,

    /// <summary>It does not fit the pattern.</summary>
    Pattern,
}

/// <summary>One variable as parts of a statement over the site's columns: its value, and what has to hold of it.</summary>
/// <param name="Present">Whether the site has a value there.</param>
/// <param name="Value">As the dictionary means it; NULL where it can't be made.</param>
/// <param name="Rules">Of a value that is not NULL.</param>
internal sealed record ValueSql(string Present, string Value, IReadOnlyList<(Misfit Misfit, Func<string, string> Holds)> Rules)
{
    /// <summary>As files and databases write them.</summary>
    private static readonly string[] Instants = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f"];

    /// <param name="variable">What is made.</param>
    /// <param name="said">Of what, and how.</param>
    /// <param name="column">A column of the site by name, codes for "missing" taken out.</param>
    /// <param name="decimals">How the site's texts write numbers.</param>
    /// <exception cref="StepsRefused">An expression does not fit the columns' types.</exception>
    public static ValueSql Of(Variable variable, VariableMapping said, Func<string, Sql> column, string decimals)
    {
        var value = said.As is { } written ? Expression(written, column) : column(said.Source!);
        var levels = said.Levels.Count == 0 ? value : Recoded(value, said.Levels, variable);
        var typed = Typed(levels, variable, said, decimals);
        var converted = Converted(typed, variable, said);
        return new($"({(said.As is null ? levels.Text : converted)} IS NOT NULL)", converted, [.. RulesOf(variable)]);
    }

    private static Sql Expression(string text, Func<string, Sql> column)
    {
        var sql = new ExpressionSql(text, column).Of(ExpressionParser.Parse(text));
        return sql.Kind == ValueKind.Truth
            ? new($"(CASE {sql.Text} WHEN TRUE THEN CAST(1 AS DOUBLE) WHEN FALSE THEN CAST(0 AS DOUBLE) END)", ValueKind.Number)
            : ExpressionSql.Finite(sql);
    }

    /// <summary>What is not listed stays as it is, and has to be a level already. All as texts: codes may be either.</summary>
    private static Sql Recoded(Sql value, IReadOnlyList<(string From, string? To)> levels, Variable variable)
    {
        var text = Text(value);
        var cases = levels.Select(level => $"WHEN {Text(Literal(level.From, value.Kind))} THEN {(level.To is { } to
            ? Text(Literal(to, variable.IsNumeric ? ValueKind.Number : ValueKind.Text)) : "NULL")}");
        return new($"(CASE {text} {string.Join(' ', cases)} ELSE {text} END)", ValueKind.Text);
    }

    private static Sql Literal(string text, ValueKind kind) => kind == ValueKind.Number
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? ExpressionSql.Literal(number) : ExpressionSql.Literal(text);

    /// <summary>A whole number without a fraction, so that a code in a column of numbers is the code of a dictionary's text.</summary>
    public static string Text(Sql value) => value.Kind == ValueKind.Text ? value.Text
        : $"(CASE WHEN {value.Text} = floor({value.Text}) AND abs({value.Text}) < 1e15 THEN CAST(CAST({value.Text} AS BIGINT) AS VARCHAR) ELSE CAST({value.Text} AS VARCHAR) END)";

    private static string Typed(Sql value, Variable variable, VariableMapping said, string decimals)
    {
        var isText = value.Kind == ValueKind.Text;
        switch (variable.Type)
        {
            case VariableType.Boolean:
                var word = $"lower({Text(value)})";
                return $"(CASE WHEN {word} IN ('true', '1') THEN CAST(1 AS DOUBLE) WHEN {word} IN ('false', '0') THEN CAST(0 AS DOUBLE) END)";
            case VariableType.Number or VariableType.Integer or VariableType.Year:
                var number = !isText ? value.Text : $"TRY_CAST({(decimals == "," ? $"replace({value.Text}, ',', '.')" : value.Text)} AS DOUBLE)";
                return $"(CASE WHEN isfinite({number}) THEN {number} END)";
            case VariableType.Date or VariableType.Datetime:
                var form = variable.Type == VariableType.Date ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S";
                var forms = said.Format is { } own ? [own] : variable.Type == VariableType.Date ? [form] : Instants;
                return $"strftime(try_strptime({Text(value)}, [{string.Join(", ", forms.Select(DuckSession.Quoted))}]), '{form}')";
            default:
                return Text(value);
        }
    }

    private static string Converted(string typed, Variable variable, VariableMapping said)
    {
        var (factor, offset) = said.Factor is { } given ? (given, said.Offset ?? 0)
            : said.Unit is { } from && variable.Unit is { } to ? Units.Between(from, to) ?? (1, 0)
            : (1, said.Offset ?? 0);
        return (factor, offset) == (1, 0) ? typed : $"({typed} * {ExpressionSql.Literal(factor).Text} + {ExpressionSql.Literal(offset).Text})";
    }

    private static IEnumerable<(Misfit, Func<string, string>)> RulesOf(Variable variable)
    {
        if (variable.Type is VariableType.Integer or VariableType.Year)
        {
            yield return (Misfit.Type, value => $"({value} = floor({value}))");
        }

        if (variable.Levels is { } levels)
        {
            yield return (Misfit.Level, value => $"({value} IN ({string.Join(", ", levels.Select(level => Sql(level.Value)))}))");
        }

        foreach (var (bound, sign) in new[] { (variable.Minimum, ">="), (variable.Maximum, "<=") })
        {
            if (bound is not null)
            {
                yield return (Misfit.Range, value => $"({value} {sign} {Sql(bound)})");
            }
        }

        if (variable.Pattern is { } pattern)
        {
            yield return (Misfit.Pattern, value => $"regexp_full_match({value}, {DuckSession.Quoted(pattern)})");
        }
    }

    private static string Sql(Literal literal) => (literal.Text is { } text ? ExpressionSql.Literal(text) : ExpressionSql.Literal(literal.Number)).Text;

    /// <summary>Whether a regular expression is one of those that rows are held against.</summary>
    public static bool IsReadable(string pattern, DuckSession session)
    {
        try
        {
            session.Run($"SELECT regexp_full_match('', {DuckSession.Quoted(pattern)})");
            return true;
        }
        catch (DuckException)
        {
            return false;
        }
    }

    /// <summary>The type that a run is told.</summary>
    public static ColumnType TypeOf(Variable variable) => variable.IsNumeric ? ColumnType.Number : ColumnType.Text;
}
