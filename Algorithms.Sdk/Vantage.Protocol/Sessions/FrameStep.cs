using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Sessions;

/// <summary>
/// One step on the way from data to a frame. Steps are done in their order, each on what the one before it left. Conditions
/// and computed columns are written in the small language of docs/sessions.md, never in SQL.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(SelectStep), "select")]
[JsonDerivedType(typeof(FilterStep), "filter")]
[JsonDerivedType(typeof(DeriveStep), "derive")]
[JsonDerivedType(typeof(RecodeStep), "recode")]
[JsonDerivedType(typeof(JoinStep), "join")]
[JsonDerivedType(typeof(ImputeStep), "impute")]
[JsonDerivedType(typeof(ScaleStep), "scale")]
[JsonDerivedType(typeof(EncodeStep), "encode")]
[JsonDerivedType(typeof(AggregateStep), "aggregate")]
public abstract record FrameStep
{
    private protected FrameStep() { }
}

/// <summary>Keeps these columns, in this order.</summary>
/// <param name="Columns">Each once.</param>
[Description("Keeps these columns, in this order.")]
public sealed record SelectStep(IReadOnlyList<string> Columns) : FrameStep;

/// <summary>Keeps the rows of which the condition is true; where it is missing, the row goes.</summary>
/// <param name="Where">Such as <c>age >= 18 &amp; smoker == "no"</c>.</param>
[Description("Keeps the rows of which the condition is true.")]
public sealed record FilterStep(string Where) : FrameStep;

/// <summary>Computes a column. A condition gives 1 and 0; what is no finite number is missing.</summary>
/// <param name="Column">Its name; a column of that name is replaced.</param>
/// <param name="As">Such as <c>weight / (height / 100)^2</c>.</param>
[Description("Computes a column; one of that name is replaced.")]
public sealed record DeriveStep(string Column, string As) : FrameStep;

/// <summary>Replaces values of a column.</summary>
/// <param name="Column">Which.</param>
/// <param name="Values">Each value that is replaced once; texts for a column of texts, numbers for one of numbers.</param>
/// <param name="Others">What becomes of all other values.</param>
[Description("Replaces values of a column.")]
public sealed record RecodeStep(string Column, IReadOnlyList<Recoding> Values, OtherValues Others = OtherValues.Keep) : FrameStep;

/// <param name="From">A text or a number.</param>
/// <param name="To">A text or a number, the same for all; null for missing.</param>
public sealed record Recoding(Literal From, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Literal? To);

/// <summary>What becomes of values that a recoding does not name.</summary>
public enum OtherValues
{
    /// <summary>They stay, if the new values are of the same type.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>They are missing.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}

/// <summary>Adds columns of other data of the task, by equal values. A missing value equals nothing.</summary>
/// <param name="With">The other data's label. Its rows must differ in <paramref name="On"/>, so that no row becomes several.</param>
/// <param name="On">Columns that both have.</param>
/// <param name="Take">Columns that are added.</param>
/// <param name="Rows">What becomes of rows without a partner.</param>
[Description("Adds columns of other data of the task, by equal values of the columns 'on'.")]
public sealed record JoinStep(string With, IReadOnlyList<string> On, IReadOnlyList<string> Take, JoinRows Rows = JoinRows.All) : FrameStep;

/// <summary>What becomes of rows that find no partner.</summary>
public enum JoinRows
{
    /// <summary>They stay, and what would be added is missing.</summary>
    [JsonStringEnumMemberName("all")]
    All,

    /// <summary>They go.</summary>
    [JsonStringEnumMemberName("matched")]
    Matched,
}

/// <summary>Puts a value where one is missing.</summary>
/// <param name="Columns">Which.</param>
/// <param name="By">Where the value comes from.</param>
/// <param name="Value">Of <see cref="ImputeBy.Value"/>.</param>
[Description("Puts a value where one is missing.")]
public sealed record ImputeStep(IReadOnlyList<string> Columns, ImputeBy By, Literal? Value = null) : FrameStep;

/// <summary>Where a value for the missing ones comes from. Means and medians are the site's own, not those of all sites.</summary>
public enum ImputeBy
{
    /// <summary>The step says it: the same at every site.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>The mean of the column at this site.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>The median of the column at this site.</summary>
    [JsonStringEnumMemberName("median")]
    Median,
}

/// <summary>Takes a centre away from numbers and divides them by a scale.</summary>
/// <param name="Column">Which; it is replaced.</param>
/// <param name="Center">Null for the site's own mean.</param>
/// <param name="Scale">Null for the site's own standard deviation; not 0.</param>
[Description("Takes a centre away from a column of numbers and divides it by a scale.")]
public sealed record ScaleStep(string Column, double? Center = null, double? Scale = null) : FrameStep;

/// <summary>Puts a column of 1 and 0 for each level in the place of a column of categories.</summary>
/// <param name="Column">Which; it goes, and <c>column_level</c> comes for each level.</param>
/// <param name="Levels">Which levels: said, not looked up, so that every site makes the same columns. Others give 0 everywhere.</param>
[Description("Puts a column of 1 and 0 for each named level in the place of a column of categories.")]
public sealed record EncodeStep(string Column, IReadOnlyList<Literal> Levels) : FrameStep;

/// <summary>Makes one row of each group.</summary>
/// <param name="By">Columns that make a group; missing is a group of its own.</param>
/// <param name="Values">What is computed of each group.</param>
[Description("Makes one row of each group.")]
public sealed record AggregateStep(IReadOnlyList<string> By, IReadOnlyList<GroupValue> Values) : FrameStep;

/// <param name="Column">The new column's name.</param>
/// <param name="Of">What is computed.</param>
/// <param name="From">Of which column; null for <see cref="GroupFunction.Count"/> alone.</param>
public sealed record GroupValue(string Column, GroupFunction Of, string? From = null);

/// <summary>Over what is not missing in the group. Where nothing is left, the value is missing; a count or sum is 0.</summary>
public enum GroupFunction
{
    /// <summary>Rows; of a column, values that are not missing.</summary>
    [JsonStringEnumMemberName("count")]
    Count,

    [JsonStringEnumMemberName("sum")]
    Sum,

    [JsonStringEnumMemberName("mean")]
    Mean,

    [JsonStringEnumMemberName("min")]
    Min,

    [JsonStringEnumMemberName("max")]
    Max,

    /// <summary>With n - 1; missing for a single value.</summary>
    [JsonStringEnumMemberName("sd")]
    Sd,
}
