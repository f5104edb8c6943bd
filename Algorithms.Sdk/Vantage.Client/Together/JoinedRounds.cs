using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Together;

/// <summary>One program's rounds, which it shares with those who wait at the same time.</summary>
internal sealed class JoinedRounds(
    int program, Gathering<WaitingCall, IReadOnlyDictionary<string, SiteCall>> gathering, Memory memory) : IRounds
{
    private readonly Dictionary<(string Site, string Function, Digest Arguments, int Time), SiteCall> known = [];
    private readonly Dictionary<RunId, SiteReceipt> receipts = [];
    private readonly Dictionary<string, RunOutcome> ends = [];

    public IReadOnlyList<SiteReceipt> Receipts => [.. receipts.Values.OrderBy(receipt => receipt.Round)];

    public IReadOnlyCollection<RunOutcome> Ends => ends.Values;

    public async Task<IReadOnlyList<SiteRun<TResult>>> FindAsync<TArgs, TResult>(IReadOnlyList<string> sites,
        PartialFunction<TArgs, TResult> function, byte[] arguments, Digest digest, int time, CancellationToken cancellationToken)
    {
        var unasked = sites.Where(site => !known.ContainsKey((site, function.Name, digest, time))).ToList();
        if (unasked.Count > 0)
        {
            var call = new WaitingCall(memory.Question.Algorithm, function.Name, arguments, digest, unasked);
            foreach (var (site, given) in await gathering.AskAsync(program, call).WaitAsync(cancellationToken))
            {
                known[(site, function.Name, digest, time)] = given;
                Note(given);
            }
        }

        return [.. sites.Select(site => Typed(known[(site, function.Name, digest, time)], function.Result))];
    }

    private void Note(SiteCall given)
    {
        if (memory.Question.Rounds is not [.., var last] || last.Task != given.Round.Task)
        {
            memory.Keep(memory.Question with { Rounds = [.. memory.Question.Rounds, given.Round] });
        }

        if (given.Run.Receipt is { } receipt)
        {
            receipts[receipt.Run] = receipt;
        }

        ends[given.Run.Result.Site] = given.Run.Result switch
        {
            SiteResult<JsonElement>.Succeeded => RunOutcome.Succeeded,
            SiteResult<JsonElement>.Refused => RunOutcome.Refused,
            SiteResult<JsonElement>.Cancelled => RunOutcome.Cancelled,
            SiteResult<JsonElement>.Expired => RunOutcome.Expired,
            SiteResult<JsonElement>.Lost => RunOutcome.Lost,
            _ => RunOutcome.Failed,
        };
    }

    private static SiteRun<T> Typed<T>(SiteCall given, JsonTypeInfo<T> type) =>
        new(Typed(given.Run.Result, type), given.Run.Code, given.Run.Receipt);

    private static SiteResult<T> Typed<T>(SiteResult<JsonElement> result, JsonTypeInfo<T> type) => result switch
    {
        SiteResult<JsonElement>.Succeeded done => new SiteResult<T>.Succeeded(done.Site, Read(done, type)),
        SiteResult<JsonElement>.Failed failed => new SiteResult<T>.Failed(failed.Site, failed.Failure),
        SiteResult<JsonElement>.Refused refused => new SiteResult<T>.Refused(refused.Site, refused.Rule, refused.Message),
        SiteResult<JsonElement>.Cancelled cancelled => new SiteResult<T>.Cancelled(cancelled.Site),
        SiteResult<JsonElement>.Expired expired => new SiteResult<T>.Expired(expired.Site),
        SiteResult<JsonElement>.Lost lost => new SiteResult<T>.Lost(lost.Site),
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };

    private static T Read<T>(SiteResult<JsonElement>.Succeeded done, JsonTypeInfo<T> type)
    {
        try
        {
            return done.Value.Deserialize(type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new VantageException(ClientErrorCodes.PayloadUnreadable, $"{done.Site}: the result is not what was expected: {e.Message}",
                "Does the node run the same release of the algorithm?", e)
            { Errors = new Dictionary<string, string[]> { [done.Site] = [e.Message] } };
        }
    }
}
