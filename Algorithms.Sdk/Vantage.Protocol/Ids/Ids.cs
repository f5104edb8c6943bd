using System.Text.Json.Serialization;

namespace Vantage.Protocol.Ids;

/// <summary>A partner: owns nodes, users and data.</summary>
[JsonConverter(typeof(IdJsonConverter<OrganizationId>))]
public readonly record struct OrganizationId(Guid Value) : IId<OrganizationId>
{
    public static string Prefix => "org";

    public static OrganizationId From(Guid value) => new(value);

    public static OrganizationId New(TimeProvider time) => Id.New<OrganizationId>(time);

    public static OrganizationId Parse(string s, IFormatProvider? provider) => Id.Parse<OrganizationId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out OrganizationId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>A person.</summary>
[JsonConverter(typeof(IdJsonConverter<UserId>))]
public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static string Prefix => "usr";

    public static UserId From(Guid value) => new(value);

    public static UserId New(TimeProvider time) => Id.New<UserId>(time);

    public static UserId Parse(string s, IFormatProvider? provider) => Id.Parse<UserId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out UserId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>One signing in of a person, until they sign out or it ends by itself.</summary>
[JsonConverter(typeof(IdJsonConverter<UserSessionId>))]
public readonly record struct UserSessionId(Guid Value) : IId<UserSessionId>
{
    public static string Prefix => "uss";

    public static UserSessionId From(Guid value) => new(value);

    public static UserSessionId New(TimeProvider time) => Id.New<UserSessionId>(time);

    public static UserSessionId Parse(string s, IFormatProvider? provider) => Id.Parse<UserSessionId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out UserSessionId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>An organization's own role.</summary>
[JsonConverter(typeof(IdJsonConverter<RoleId>))]
public readonly record struct RoleId(Guid Value) : IId<RoleId>
{
    public static string Prefix => "rol";

    public static RoleId From(Guid value) => new(value);

    public static RoleId New(TimeProvider time) => Id.New<RoleId>(time);

    public static RoleId Parse(string s, IFormatProvider? provider) => Id.Parse<RoleId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out RoleId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>Organizations that agreed to work together.</summary>
[JsonConverter(typeof(IdJsonConverter<CollaborationId>))]
public readonly record struct CollaborationId(Guid Value) : IId<CollaborationId>
{
    public static string Prefix => "col";

    public static CollaborationId From(Guid value) => new(value);

    public static CollaborationId New(TimeProvider time) => Id.New<CollaborationId>(time);

    public static CollaborationId Parse(string s, IFormatProvider? provider) => Id.Parse<CollaborationId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out CollaborationId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>A subset of a collaboration's organizations.</summary>
[JsonConverter(typeof(IdJsonConverter<StudyId>))]
public readonly record struct StudyId(Guid Value) : IId<StudyId>
{
    public static string Prefix => "stu";

    public static StudyId From(Guid value) => new(value);

    public static StudyId New(TimeProvider time) => Id.New<StudyId>(time);

    public static StudyId Parse(string s, IFormatProvider? provider) => Id.Parse<StudyId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out StudyId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>A NodeAgent enrolled by one organization.</summary>
[JsonConverter(typeof(IdJsonConverter<NodeId>))]
public readonly record struct NodeId(Guid Value) : IId<NodeId>
{
    public static string Prefix => "nod";

    public static NodeId From(Guid value) => new(value);

    public static NodeId New(TimeProvider time) => Id.New<NodeId>(time);

    public static NodeId Parse(string s, IFormatProvider? provider) => Id.Parse<NodeId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out NodeId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>What a user asked.</summary>
[JsonConverter(typeof(IdJsonConverter<TaskId>))]
public readonly record struct TaskId(Guid Value) : IId<TaskId>
{
    public static string Prefix => "tsk";

    public static TaskId From(Guid value) => new(value);

    public static TaskId New(TimeProvider time) => Id.New<TaskId>(time);

    public static TaskId Parse(string s, IFormatProvider? provider) => Id.Parse<TaskId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out TaskId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>The tasks (rounds) of one question.</summary>
[JsonConverter(typeof(IdJsonConverter<JobId>))]
public readonly record struct JobId(Guid Value) : IId<JobId>
{
    public static string Prefix => "job";

    public static JobId From(Guid value) => new(value);

    public static JobId New(TimeProvider time) => Id.New<JobId>(time);

    public static JobId Parse(string s, IFormatProvider? provider) => Id.Parse<JobId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out JobId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>One task at one node.</summary>
[JsonConverter(typeof(IdJsonConverter<RunId>))]
public readonly record struct RunId(Guid Value) : IId<RunId>
{
    public static string Prefix => "run";

    public static RunId From(Guid value) => new(value);

    public static RunId New(TimeProvider time) => Id.New<RunId>(time);

    public static RunId Parse(string s, IFormatProvider? provider) => Id.Parse<RunId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out RunId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>Ciphertext on its way up, in parts.</summary>
[JsonConverter(typeof(IdJsonConverter<UploadId>))]
public readonly record struct UploadId(Guid Value) : IId<UploadId>
{
    public static string Prefix => "upl";

    public static UploadId From(Guid value) => new(value);

    public static UploadId New(TimeProvider time) => Id.New<UploadId>(time);

    public static UploadId Parse(string s, IFormatProvider? provider) => Id.Parse<UploadId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out UploadId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>An API token; not the token's secret.</summary>
[JsonConverter(typeof(IdJsonConverter<TokenId>))]
public readonly record struct TokenId(Guid Value) : IId<TokenId>
{
    public static string Prefix => "tok";

    public static TokenId From(Guid value) => new(value);

    public static TokenId New(TimeProvider time) => Id.New<TokenId>(time);

    public static TokenId Parse(string s, IFormatProvider? provider) => Id.Parse<TokenId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out TokenId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>Lets somebody read a payload that was not sealed for them.</summary>
[JsonConverter(typeof(IdJsonConverter<GrantId>))]
public readonly record struct GrantId(Guid Value) : IId<GrantId>
{
    public static string Prefix => "grt";

    public static GrantId From(Guid value) => new(value);

    public static GrantId New(TimeProvider time) => Id.New<GrantId>(time);

    public static GrantId Parse(string s, IFormatProvider? provider) => Id.Parse<GrantId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out GrantId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>Code that was put before a collaboration's reviewers.</summary>
[JsonConverter(typeof(IdJsonConverter<SubmissionId>))]
public readonly record struct SubmissionId(Guid Value) : IId<SubmissionId>
{
    public static string Prefix => "sub";

    public static SubmissionId From(Guid value) => new(value);

    public static SubmissionId New(TimeProvider time) => Id.New<SubmissionId>(time);

    public static SubmissionId Parse(string s, IFormatProvider? provider) => Id.Parse<SubmissionId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out SubmissionId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>What organizations agreed on, through all its versions.</summary>
[JsonConverter(typeof(IdJsonConverter<CharterId>))]
public readonly record struct CharterId(Guid Value) : IId<CharterId>
{
    public static string Prefix => "cha";

    public static CharterId From(Guid value) => new(value);

    public static CharterId New(TimeProvider time) => Id.New<CharterId>(time);

    public static CharterId Parse(string s, IFormatProvider? provider) => Id.Parse<CharterId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out CharterId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}
