using System.Text.Json.Serialization;

namespace Vantage.Protocol.Ids;

/// <summary>One audit trail, from its first entry on. A trail that begins anew has another.</summary>
[JsonConverter(typeof(IdJsonConverter<AuditChainId>))]
public readonly record struct AuditChainId(Guid Value) : IId<AuditChainId>
{
    public static string Prefix => "aud";

    public static AuditChainId From(Guid value) => new(value);

    public static AuditChainId New(TimeProvider time) => Id.New<AuditChainId>(time);

    public static AuditChainId Parse(string s, IFormatProvider? provider) => Id.Parse<AuditChainId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out AuditChainId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}

/// <summary>
/// A person in the Coordinator's audit trail: drawn at random, so that nothing but one table says whom it stands for.
/// </summary>
[JsonConverter(typeof(IdJsonConverter<PseudonymId>))]
public readonly record struct PseudonymId(Guid Value) : IId<PseudonymId>
{
    public static string Prefix => "psn";

    public static PseudonymId From(Guid value) => new(value);

    public static PseudonymId Parse(string s, IFormatProvider? provider) => Id.Parse<PseudonymId>(s);

    public static bool TryParse(string? s, IFormatProvider? provider, out PseudonymId result) => Id.TryParse(s, out result);

    public override string ToString() => Id.Format(this);
}
