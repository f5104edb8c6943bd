using Federation.Tests.Links;

namespace Federation.Tests.Failures;

/// <summary>One way to spoil a line while a question is under way, until that is over.</summary>
internal sealed record Verb(string Name, Func<TcpLink, CancellationToken, Task> SpoilAsync)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);

    public static Verb Delay { get; } = Weathers("delay", new Weather(Delay: TimeSpan.FromMilliseconds(100)));

    public static Verb Trickle { get; } = Weathers("trickle", new Weather(BytesPerSecond: 16 * 1024));

    public static Verb Narrow { get; } = Weathers("narrow", new Weather(BytesPerSecond: 3 * 1024 * 1024));

    public static Verb Cut { get; } = Repeats("cut", line => line.Cut());

    public static Verb HangUp { get; } = Repeats("hang up", line => line.HangUp());

    public static Verb CutUp(int seed) => CutsAfter("cut after bytes up", Direction.Up, 3 << 20, seed);

    public static Verb CutDown(int seed) => CutsAfter("cut after bytes down", Direction.Down, 3_000, seed);

    /// <summary>What is open now hears nothing any more and is not told; what is opened later is sound.</summary>
    public static Verb HalfOpen { get; } = new("half-open", async (line, over) =>
    {
        line.Weather = new Weather(Swallows: true);
        await Task.Delay(TimeSpan.FromSeconds(3), over);
        line.Weather = Weather.Fair;
    });

    private static Verb Weathers(string name, Weather weather) => new(name, (line, over) =>
    {
        line.Weather = weather;
        return Task.Delay(Timeout.InfiniteTimeSpan, over);
    });

    private static Verb Repeats(string name, Action<TcpLink> spoil) => new(name, async (line, over) =>
    {
        for (var i = 0; i < 5; i++)
        {
            await Task.Delay(Between, over);
            spoil(line);
        }
    });

    private static Verb CutsAfter(string name, Direction direction, int most, int seed) => new($"{name}, seed {seed}", async (line, over) =>
    {
        var random = new Random(seed);
        for (var i = 0; i < 5; i++)
        {
            await line.CutAfter(random.Next(1, most), direction).WaitAsync(over);
        }
    });
}
