namespace Vantage.Coordinator.Hosting;

/// <summary>What a handler gives back: a value, or a <see cref="Hosting.Refusal"/>. Exceptions are for what nobody expects.</summary>
internal readonly struct Answer<T>
{
    private Answer(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>Set unless refused.</summary>
    public T? Value { get; }

    public Refusal? Refusal { get; }

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of an answer that has nothing to say but that it was done.</summary>
internal readonly record struct Done;
