using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Client.Home;
using Vantage.Client.Uploads;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>
/// Plans, seals, signs and sends a task. Sending is repeated with the same bytes until the Coordinator has it.
/// </summary>
internal sealed class TaskSubmitter(VantageClient client, ClientHome home)
{
    private static readonly TimeSpan PassingTrouble = TimeSpan.FromSeconds(30);

    /// <summary>As the Coordinator takes them inside the request.</summary>
    private const int InlineBytes = 16 * 1024;

    /// <summary>A request with thousands of targets stays well under what the Coordinator reads at once.</summary>
    private const int InlineTotal = 8 * 1024 * 1024;

    public async Task<SubmittedTask> SubmitAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        using var keys = UserKeys.Open(home);
        var plan = await PlanAsync(TargetChoice.Of(request), request.Circle, cancellationToken);
        var sites = request.Delegation is { } given
            ? await PlanAsync(new TargetChoice(request.Collaboration, request.Study, given.Organizations, null,
                LostNodePolicy.Wait), null, cancellationToken)
            : null;
        var now = client.Rest.Time.GetUtcNow();
        var trust = await client.TrustAsync(request.Collaboration, cancellationToken);
        RequireStanding(keys, trust, now);
        var signed = SignedTask.Create(request, plan, OwnDevices.Recipients(keys, plan.Devices, trust, now), sites is null ? null : notAfter =>
            DelegationPlanner.Plan(request, plan, sites, notAfter, trust, now), keys, client.Rest.Time);
        await SendAsync(signed, cancellationToken);
        return new SubmittedTask(signed.Manifest.Task, signed.Manifest.Job, signed.Jws,
            signed.Manifest.Targets.Zip(plan.Targets, (t, p) =>
            new AskedSite(t.Organization, p.Site, t.Node, t.Run)).ToList(),
            sites?.NotAsked ?? plan.NotAsked)
        {
            Delegated = (sites?.Targets ?? []).Select(s => new DelegatedSite(s.Organization, s.Site, s.Node.Id)).ToList(),
        };
    }

    /// <summary>Reads who could be asked, and checks what the Coordinator says of them against the pins.</summary>
    public async Task<TaskPlan> PlanAsync(TargetChoice choice, KnownCircle? known, CancellationToken cancellationToken)
    {
        var now = client.Rest.Time.GetUtcNow();
        var collaboration = known?.Current ?? await CircleAsync(choice, known, cancellationToken);
        var study = choice.Study is null ? null : await StudyAsync(choice, cancellationToken);
        var trust = await client.TrustAsync(choice.Collaboration, cancellationToken);
        return TaskPlanner.Plan(choice, collaboration, study, trust, now);
    }

    private async Task<Collaboration> CircleAsync(TargetChoice choice, KnownCircle? known, CancellationToken cancellationToken)
    {
        var asked = client.Rest.Time.GetTimestamp();
        // A question of many rounds must not end because the Coordinator was started anew between two of them.
        var collaboration = await new Patience(client.Rest.Time, PassingTrouble).KeepTryingAsync(
            () => client.Collaborations.GetAsync(choice.Collaboration, cancellationToken), cancellationToken);
        await CharterFollower.FollowAsync(client.Rest, home, collaboration.Charter, cancellationToken);
        known?.Keep(collaboration, asked);
        return collaboration;
    }

    /// <summary>A key of one's own that was revoked is told here, rather than by every site.</summary>
    private static void RequireStanding(UserKeys keys, ITrust trust, DateTimeOffset now)
    {
        if ((trust.ObjectionTo(keys.Chain.Signer, now) ?? trust.ObjectionTo(keys.EncryptionCertificate, now)) is { } objection)
        {
            throw Failures.Of(objection);
        }
    }

    private async Task SendAsync(SignedTask signed, CancellationToken cancellationToken)
    {
        var inline = new List<InlinePayload>();
        var total = 0;
        var uploader = new Uploader(client.Rest);
        foreach (var input in signed.Inputs)
        {
            if (input.Bytes.Length <= InlineBytes && total + input.Bytes.Length <= InlineTotal)
            {
                inline.Add(new InlinePayload(input.Digest, input.Bytes));
                total += input.Bytes.Length;
            }
            else
            {
                await uploader.UploadAsync(signed.Manifest.Collaboration, input.Digest, input.Bytes, cancellationToken);
            }
        }

        var body = new SubmitTask(signed.Jws, inline);
        var patience = new Patience(client.Rest.Time, PassingTrouble);
        await patience.KeepTryingAsync(() => client.Rest.PutAsync($"{Routes.Tasks}/{signed.Manifest.Task}", body,
            ProtocolJson.Default.SubmitTask, ProtocolJson.Default.TaskView, cancellationToken), cancellationToken);
    }

    private async Task<Study> StudyAsync(TargetChoice choice, CancellationToken cancellationToken)
    {
        await foreach (var study in client.Collaborations.ListStudiesAsync(choice.Collaboration, cancellationToken))
        {
            if (study.Id == choice.Study)
            {
                return study;
            }
        }

        throw new VantageException(ErrorCodes.NotFound,
            $"The collaboration has no study {choice.Study} that you can see.");
    }
}
