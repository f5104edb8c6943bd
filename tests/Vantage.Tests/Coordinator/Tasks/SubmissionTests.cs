using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>What is taken in, and what is turned away with which words.</summary>
public sealed class SubmissionTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task TheSameRequestTwice_IsOneTask_AndAnotherManifestOfThatIdIsAConflict()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);

        var first = await question.SubmitAsync(partners);
        var again = await question.SubmitAsync(partners);
        var other = Question.Of(partners, partners.Ada, [partners.Sites[1]], m => m with { Task = question.Id });
        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, other.Path, Aligned(other, question));

        Assert.Equal((first.Id, first.CreatedAt), (again.Id, again.CreatedAt));
        Assert.Equal(ErrorCodes.ManifestConflict, refused.Code);
    }

    [Fact]
    public async Task OnlyTheSignersOwnToken_Submits()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var eve = await Person.HireAsync(coordinator, partners.Asking, Role.Researcher);
        var question = Question.Of(partners, partners.Sites[1]);

        var refused = await eve.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Equal(ErrorCodes.SignatureInvalid, refused.Code);
    }

    [Fact]
    public async Task AnAlteredManifest_IsRefused()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);
        var forged = question.Manifest with { Purpose = "something else" };
        var parts = question.Jws.Split('.');
        var swapped = $"{parts[0]}.{Question.Sign(forged, partners.Ada).Split('.')[1]}.{parts[2]}";

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, new SubmitTask(swapped, question.Inputs));

        Assert.Equal(ErrorCodes.SignatureInvalid, refused.Code);
    }

    [Fact]
    public async Task AKeyThatTheOrganizationDidNotCertify_IsRefused()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var foreign = await Person.HireAsync(coordinator, partners.Asked, Role.Researcher);
        var question = Question.Of(partners, foreign, [partners.Sites[1]], m => m);

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Equal(ErrorCodes.SignatureInvalid, refused.Code);
    }

    [Fact]
    public async Task TheCoordinatorsAdminsAndNodes_DoNotSubmit()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);

        foreach (var http in new[] { await partners.Sites[0].RestAsync(), coordinator.Admin })
        {
            Assert.Equal(ErrorCodes.Forbidden, (await http.RefusedAsync(HttpMethod.Put, question.Path, question.Body)).Code);
        }
    }

    [Fact]
    public async Task ForOutsiders_TheCollaborationDoesNotExist()
    {
        var (partners, others) = (await Partnership.FormAsync(coordinator), await Partnership.FormAsync(coordinator));
        var question = Question.Of(partners, others.Ada, [partners.Sites[1]], m => m);

        var refused = await others.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Equal(ErrorCodes.NotFound, refused.Code);
    }

    [Theory]
    [InlineData("targets[0].organization", "no member")]
    [InlineData("targets[0].node", "no node of the collaboration")]
    [InlineData("targets[0].encryptionKey", "another key")]
    [InlineData("recipients[0].organization", "no member")]
    [InlineData("recipients[0]", "not what stands beside it")]
    [InlineData("study", "no study")]
    [InlineData("notAfter", "has passed")]
    public async Task WhatIsNotInTheCollaboration_IsNamed(string member, string words)
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Ada, [partners.Sites[1]], manifest => Spoilt(manifest, member, partners));

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Equal(ErrorCodes.ManifestInvalid, refused.Code);
        Assert.Contains(words, Assert.Contains(member, refused.Errors!)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARevokedNode_IsNotAskedAnyMore()
    {
        var partners = await Partnership.FormAsync(coordinator);
        await partners.Asked.Admin.DeleteAsync($"{Routes.Nodes}/{partners.Sites[1].Node}");
        var question = Question.Of(partners, partners.Sites[1]);

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Contains("was revoked", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TypesThatAreNotServedYet_AreSaidToBeSo()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Ada, [partners.Sites[1]], m => m with { Type = TaskType.Workshop });

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Equal((ErrorCodes.NotYet, 501), (refused.Code, refused.Status));
    }

    [Fact]
    public async Task TheAddressNamesTheSignedTask()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);

        var refused = await partners.Ada.Http.RefusedAsync(
            HttpMethod.Put, $"{Routes.Tasks}/{TaskId.New(TimeProvider.System)}", question.Body);

        Assert.Equal(ErrorCodes.ManifestInvalid, refused.Code);
    }

    [Fact]
    public async Task Inputs_HaveToBeHereSealedAndToTheNodeThatTheyAreFor()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);
        var plain = "{\"column\":\"age\"}"u8.ToArray();
        var plaintext = Question.Of(partners, partners.Ada, [partners.Sites[1]], m => WithInput(m, plain));
        var misled = Question.Of(partners, partners.Ada, [partners.Sites[1]], m => m with
        {
            Targets = [m.Targets[0] with { Node = partners.Sites[0].Node, Organization = partners.Sites[0].Organization,
                EncryptionKey = partners.Sites[0].Encryption.KeyId }],
        });

        async Task<string> CodeAsync(Question asked, params IReadOnlyList<InlinePayload> inputs) =>
            (await partners.Ada.Http.RefusedAsync(HttpMethod.Put, asked.Path, new SubmitTask(asked.Jws, inputs))).Code;

        Assert.Equal(ErrorCodes.PayloadMissing, await CodeAsync(question));
        Assert.Equal(ErrorCodes.PayloadDigestMismatch, await CodeAsync(question, question.Inputs[0] with { Bytes = plain }));
        Assert.Equal(ErrorCodes.PayloadDigestMismatch, await CodeAsync(plaintext, new InlinePayload(Digest.Of(plain), plain)));
        Assert.Equal(ErrorCodes.InvalidInput, await CodeAsync(misled, misled.Inputs));
        Assert.Equal(ErrorCodes.InvalidInput,
            await CodeAsync(question, question.Inputs[0], new InlinePayload(Digest.Of(plain), plain)));
    }

    /// <summary>The inputs of a second question under the id of the first.</summary>
    private static SubmitTask Aligned(Question other, Question first) =>
        new(other.Jws, [.. other.Inputs.Where(input => input.Digest != first.Inputs[0].Digest)]);

    private static TaskManifest WithInput(TaskManifest manifest, byte[] bytes) => manifest with
    {
        Targets = [manifest.Targets[0] with { Input = new PayloadRef(Digest.Of(bytes), bytes.Length) }],
    };

    private static TaskManifest Spoilt(TaskManifest manifest, string member, Partnership partners)
    {
        var (target, recipient) = (manifest.Targets[0], manifest.Recipients[0]);
        var stranger = OrganizationId.New(TimeProvider.System);
        return member switch
        {
            "targets[0].organization" => manifest with { Targets = [target with { Organization = stranger }] },
            "targets[0].node" => manifest with { Targets = [target with { Node = NodeId.New(TimeProvider.System) }] },
            "targets[0].encryptionKey" => manifest with { Targets = [target with { EncryptionKey = partners.Sites[0].Encryption.KeyId }] },
            "recipients[0].organization" => manifest with { Recipients = [recipient with { Organization = stranger }] },
            "recipients[0]" => manifest with { Recipients = [recipient with { Principal = UserId.New(TimeProvider.System).ToString() }] },
            "study" => manifest with { Study = StudyId.New(TimeProvider.System) },
            _ => manifest with { NotBefore = manifest.NotBefore.AddDays(-2), NotAfter = manifest.NotBefore.AddDays(-1) },
        };
    }
}
