using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>A dictionary that a person published in a collaboration.</summary>
/// <param name="Dictionary">Name, version and digest, as the statement says.</param>
/// <param name="Organization">The publisher's.</param>
/// <param name="User">The publisher.</param>
/// <param name="Statement">A <see cref="DictionaryStatement"/> as JWS: believe this and not the members beside it. Left out of lists.</param>
public sealed record PublishedDictionary(CollaborationId Collaboration, DictionaryRef Dictionary, OrganizationId Organization, UserId User,
    DateTimeOffset CreatedAt, string? Statement = null);

/// <param name="Statement">A <see cref="DictionaryStatement"/> as JWS.</param>
public sealed record PublishDictionary(string Statement);
