using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// What a run shows its proxy: a JSON Web Token, since vantage6's tools read who they are out of one. Its key is made for
/// this run and never leaves this process, so it is good at this run's proxy, for this run's time, and nowhere else.
/// </summary>
internal sealed class V4Token(DateTimeOffset until, TimeProvider time)
{
    private const int Longest = 8 * 1024;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Issue(V4World world)
    {
        var claims = new JsonObject
        {
            ["iat"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["exp"] = until.ToUnixTimeSeconds(),
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            ["type"] = "access",
            ["sub"] = new JsonObject
            {
                ["client_type"] = "container",
                ["node_id"] = V4World.Node,
                ["organization_id"] = world.Own,
                ["collaboration_id"] = V4World.Collaboration,
                ["study_id"] = world.HasStudy ? V4World.Study : null,
                ["store_id"] = null,
                ["task_id"] = V4World.Task,
                ["image"] = world.Image,
                ["databases"] = new JsonArray([.. world.Labels.Select(label => new JsonObject { ["label"] = label })]),
            },
        };
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    /// <summary>Whether this process issued it for this run, and its time is not over.</summary>
    public bool Holds(string? token)
    {
        if (token is not { Length: <= Longest } || token.LastIndexOf('.') is not (> 0 and var dot) || !token.StartsWith(Header + ".", StringComparison.Ordinal))
        {
            return false;
        }

        // What was not signed here is not read at all; of what was, only the time can have changed.
        return CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(token[(dot + 1)..]), Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Sign(token[..dot]))))
            && time.GetUtcNow().ToUnixTimeSeconds() < Expiry(token[(Header.Length + 1)..dot]);
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static long Expiry(string claims)
    {
        using var read = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        return read.RootElement.GetProperty("exp").GetInt64();
    }
}
