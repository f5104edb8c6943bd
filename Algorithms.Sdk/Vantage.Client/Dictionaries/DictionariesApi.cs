using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Dictionaries;

/// <summary>
/// The dictionaries of a collaboration. The Coordinator only keeps them: what is given out here was verified up to a root that
/// is pinned here. All methods throw <see cref="VantageException"/>.
/// </summary>
public sealed class DictionariesApi
{
    private readonly RestChannel rest;
    private readonly ClientHome? home;

    internal DictionariesApi(RestChannel rest, ClientHome? home) => (this.rest, this.home) = (rest, home);

    /// <summary>Which there are, by the Coordinator's word; <see cref="GetAsync"/> verifies one.</summary>
    public async Task<IReadOnlyList<PublishedDictionary>> ListAsync(CollaborationId collaboration, CancellationToken cancellationToken = default) =>
        (await rest.GetAsync(Path(collaboration), ProtocolJson.Default.PagePublishedDictionary, cancellationToken)).Items;

    /// <summary>One dictionary, with the person who signed it.</summary>
    /// <param name="collaboration">Whose.</param>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SignedDictionary> GetAsync(CollaborationId collaboration, string name, string version, CancellationToken cancellationToken = default)
    {
        var told = await rest.GetAsync($"{Path(collaboration)}/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(version)}",
            ProtocolJson.Default.PublishedDictionary, cancellationToken);
        var now = rest.Time.GetUtcNow();
        var signed = Failures.Translate(() => SignedDictionary.Verify(told.Statement ?? "", RequireHome().ReadPins(now), now));
        return signed.Statement.Collaboration == collaboration && (signed.Dictionary.Ref.Name, signed.Dictionary.Ref.Version) == (name, version)
            ? signed
            : throw new VantageException(ClientErrorCodes.StatementUntrusted,
                $"The Coordinator gave {signed.Dictionary.Ref.Words} of {signed.Statement.Collaboration} in place of {name}@{version} of {collaboration}.",
                "Nothing was used of it. Ask whoever runs the Coordinator, and take the file from its author meanwhile.");
    }

    /// <summary>Signs a dictionary with the person's key and publishes it. A version never changes: another content is another version.</summary>
    /// <param name="collaboration">Where.</param>
    /// <param name="text">The dictionary, a Table Schema in JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DictionaryException">The text is none.</exception>
    public async Task<PublishedDictionary> PublishAsync(CollaborationId collaboration, string text, CancellationToken cancellationToken = default)
    {
        using var keys = UserKeys.Open(RequireHome());
        var statement = new DictionaryStatement
        {
            V = 1,
            Collaboration = collaboration,
            Dictionary = DataDictionary.Read(System.Text.Encoding.UTF8.GetBytes(text)).Ref,
            Text = text,
            IssuedAt = rest.Time.GetUtcNow(),
        };
        var jws = Failures.Translate(() => SignedDictionary.Sign(statement, keys.Signing, keys.Chain));
        return await rest.PutAsync(Path(collaboration), new PublishDictionary(jws), ProtocolJson.Default.PublishDictionary,
            ProtocolJson.Default.PublishedDictionary, cancellationToken);
    }

    private static string Path(CollaborationId collaboration) => $"{Routes.Collaborations}/{collaboration}/dictionaries";

    private ClientHome RequireHome() => home ?? throw new VantageException(ClientErrorCodes.HomeInvalid,
        "This client has no home, hence neither keys to sign with nor pinned roots to believe.", "Open it with VantageClient.FromHome.");
}
