namespace Vantage.Coordinator.Hosting;

/// <summary>What a handler gives back: a value, or a <see cref="Hosting.Refusal"/>. Exceptions are for what nobody expects.</summary>
internal readonly struct Answer<T>
{
    private Answer(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>Set unless refused.</summary>
    public T? Value { get; }

    public Refusal? Refusal { get; }

    /// <summary>Goes on with the value; a refusal stays one.</summary>
    public Task<Answer<TNext>> Then<TNext>(Func<T, Task<Answer<TNext>>> next) =>
        Refusal is { } refusal ? Task.FromResult<Answer<TNext>>(refusal) : next(Value!);

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of an answer that has nothing to say but that it was done.</summary>
internal readonly record struct Done;
