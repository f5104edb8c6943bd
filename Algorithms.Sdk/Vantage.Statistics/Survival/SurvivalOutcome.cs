using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Survival;

/// <summary>What stands in <c>Surv(…)</c>.</summary>
/// <param name="Start">Null where rows are watched from zero.</param>
/// <param name="Stop">The time.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Event">The level of <c>status == level</c>; null where R's coding tells which it is.</param>
internal sealed record SurvivalOutcome(Variable? Start, Variable Stop, FactorVariable Status, string? Event)
{
    public IEnumerable<string> Columns =>
        new[] { Start, Stop, Status }.OfType<Variable>().SelectMany(v => v.Columns);

    public static SurvivalOutcome Read(string text, VariableReader reader, Expression left)
    {
        if (left is not CallExpression { Function: "Surv" } call)
        {
            throw FormulaFault.At(text, left.Position, "the outcome is a time and how it ended: Surv(time, status), or"
                + " Surv(start, stop, status).");
        }

        var values = call.Arguments.Select(a => a is { Name: null or "time" or "time2" or "event" } ? a.Value
            : throw FormulaFault.At(text, a.Value.Position, $"Surv has no '{a.Name}' here: only right-censored times, Surv(time,"
                + " status), and delayed entry, Surv(start, stop, status), are understood.")).ToList();
        return values switch
        {
            [var time, var status] => new(null, Time(reader, time), StatusOf(text, status), EventOf(status)),
            [var start, var stop, var status] =>
                new(Time(reader, start), Time(reader, stop), StatusOf(text, status), EventOf(status)),
            _ => throw FormulaFault.At(text, call.Position, "Surv takes a time and a status: Surv(time, status), or with the"
                + " time from which a row is watched Surv(start, stop, status)."),
        };
    }

    /// <summary>Arithmetic needs no I(…) here, as in R: <c>Surv(days / 365.25, status)</c>.</summary>
    private static Variable Time(VariableReader reader, Expression expression) => expression switch
    {
        NameExpression name => new ColumnVariable(name.Name, name.ToString(), name.Position),
        BinaryExpression or UnaryExpression or GroupExpression =>
            reader.Read(new CallExpression("I", [new(null, expression)], expression.Position)) with { Label = expression.ToString() },
        _ => reader.Read(expression),
    };

    private static FactorVariable StatusOf(string text, Expression expression) => expression switch
    {
        NameExpression { Name: not "." } name => new(name.Name, null, name.ToString(), name.Position),
        BinaryExpression { Operator: "==", Left: NameExpression name, Right: NumberExpression or TextExpression or NameExpression { Name: "TRUE" or "FALSE" } } =>
            new(name.Name, null, name.ToString(), name.Position),
        CallExpression { Function: "factor" or "as.factor" } call => throw FormulaFault.At(text, call.Position,
            "a status of several events is not understood. Say which level is the event: Surv(time, status == \"dead\")."),
        _ => throw FormulaFault.At(text, expression.Position, "the status is a column that holds 0 and 1, or 1 and 2, where"
            + " the larger is the event; of any other, say which level is: status == \"dead\"."),
    };

    private static string? EventOf(Expression expression) => expression switch
    {
        BinaryExpression { Right: NumberExpression number } => ExpressionText.Number(number.Value),
        BinaryExpression { Right: TextExpression level } => level.Value,
        BinaryExpression { Right: NameExpression level } => level.Name,
        _ => null,
    };
}
