namespace Vantage.Protocol.Ids;

/// <summary>
/// A typed id: a UUIDv7 shown as <c>prefix_</c> and 32 lower-case hexadecimal digits, such as
/// <c>tsk_019ab0c4d2e87a31b1c5a7e0f3d29c44</c>. The prefix keeps an id of one kind from being taken for another.
/// </summary>
public interface IId<TSelf> : IParsable<TSelf>
    where TSelf : struct, IId<TSelf>
{
    static abstract string Prefix { get; }

    static abstract TSelf From(Guid value);

    Guid Value { get; }
}
