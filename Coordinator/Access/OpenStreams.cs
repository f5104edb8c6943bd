using System.Collections.Concurrent;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Ends open streams (events, hub connections) whose token was revoked or expired: once in half a second all their
/// credentials are asked for together.
/// </summary>
internal sealed partial class OpenStreams(Database database, TimeProvider time, ILogger<OpenStreams> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<Stream, byte> open = new();

    /// <summary>Dispose it when the stream ends; <see cref="Stream.Revoked"/> fires when it has to.</summary>
    public Stream Watch(HttpContext context)
    {
        if (context.Features.Get<ForeignCredential>() is { } foreign)
            return Watch(foreign);
        // A hub's long poll goes on with a copy of its first request, which has the headers and not what we added.
        var secret = context.FindSecret()
            ?? (SecretText.TryParse(context.Request.Headers.Authorization.ToString().Split(' ')[^1], out var found) ? found : null)
            ?? throw new InvalidOperationException("Only a signed-in caller's stream can be watched.");
        var stream = new Stream(this, secret.Hash);
        open.TryAdd(stream, 0);
        return stream;
    }

    /// <summary>Each by itself, since others answer for it: one that is slow holds up nobody else's.</summary>
    private Stream Watch(ForeignCredential foreign)
    {
        var stream = new Stream(this, []);
        _ = EndWithAsync(stream, foreign);
        return stream;
    }

    private async Task EndWithAsync(Stream stream, ForeignCredential foreign)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stream.Closed) && await foreign.StandsAsync(stream.Closed))
            {
                // Good still.
            }

            stream.End();
        }
        catch (OperationCanceledException) when (stream.Closed.IsCancellationRequested)
        {
            // It ended before its credential did.
        }
        catch (Exception e)
        {
            Failed(log, e);
            stream.End();
        }
    }

    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        var streams = open.Keys.ToList();
        if (streams.Count == 0)
            return;
        await using var command = database.Unscoped.CreateCommand("SELECT standing_credentials($1) UNION ALL SELECT standing_sessions($1, $2)");
        command.Parameters.Add(new() { Value = streams.Select(stream => stream.Hash).DistinctBy(Convert.ToHexString).ToArray() });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var standing = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
            standing.Add(Convert.ToHexString(reader.GetFieldValue<byte[]>(0)));
        foreach (var stream in streams.Where(stream => !standing.Contains(Convert.ToHexString(stream.Hash))))
            stream.End();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var failing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(stoppingToken);
                if (failing)
                    Recovered(log);
                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                    Failed(log, e);
                failing = true;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Open streams could not be checked for revoked tokens; trying again")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "Open streams are checked again")]
    private static partial void Recovered(ILogger log);

    internal sealed class Stream(OpenStreams all, byte[] hash) : IDisposable
    {
        private readonly CancellationTokenSource revoked = new();
        private readonly CancellationTokenSource closed = new();

        public byte[] Hash => hash;

        public CancellationToken Revoked => revoked.Token;

        /// <summary>Nobody reads it any more.</summary>
        public CancellationToken Closed => closed.Token;

        public void End() => revoked.Cancel();

        public void Dispose()
        {
            all.open.TryRemove(this, out _);
            closed.Cancel();
        }
    }
}
