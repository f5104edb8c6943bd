using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>API tokens that open nothing, however they are shown.</summary>
internal static class TokenCases
{
    public static IEnumerable<RefusedCase> All =>
    [
        Shown("with another prefix", token => "vns" + token[3..]),
        Shown("with a prefix that nothing has", token => "vtx" + token[3..]),
        Shown("with its prefix in capitals", token => "VTG" + token[3..]),
        Shown("in capitals", token => token.ToUpperInvariant()),
        Shown("with another checksum", token => token[..^6] + "000000"),
        Shown("without its checksum", token => token[..^7]),
        Shown("with its checksum in capitals", token => token[..^6] + token[^6..].ToUpperInvariant() + (token[^6..].Any(char.IsLetter) ? "" : "X")),
        Shown("cut by a character", token => token[..^1]),
        Shown("longer by a character", token => token + "a"),
        Shown("with another secret", token => token[..40] + (token[40] == 'A' ? 'B' : 'A') + token[41..]),
        Shown("with another id", token => token[..10] + (token[10] == '0' ? '1' : '0') + token[11..]),
        Shown("in quotes", token => $"\"{token}\""),
        Shown("twice in one header", token => $"{token}, Bearer {token}"),
        Shown("with a null after it", token => token + "%00"),
        Header("under another scheme", token => [("Authorization", $"Basic {token}")]),
        Header("without a scheme", token => [("Authorization", token)]),
        Header("in a header of one's own", token => [("X-Api-Key", token), ("Token", token)]),
        Header("as a cookie", token => [("Cookie", $"__Host-vantage={token}; access_token={token}")]),
        Header("in two headers", token => [("Authorization", $"Bearer {token}"), ("Authorization", $"Bearer {token}")]),
        Header("beside another's", token => [("Authorization", "Bearer vtg_x"), ("Authorization", $"Bearer {token}")]),
        new("a token in the address", ErrorCodes.Unauthenticated, async world =>
        {
            var token = await MakeAsync(world);
            return (await world.Coordinator.Nobody.RefusedAsync(HttpMethod.Get,
                $"{Routes.Me}?access_token={token.Secret}&token={token.Secret}&authorization=Bearer+{token.Secret}")).Code;
        }),
        new("a token in a form", ErrorCodes.Unauthenticated, async world =>
        {
            using var form = new StringContent($"access_token={(await MakeAsync(world)).Secret}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
            return (await world.Coordinator.Nobody.RefusedAsync(HttpMethod.Get, Routes.Me, form)).Code;
        }),
        Ended("that was revoked", ErrorCodes.Unauthenticated, async (world, token) => await world.Coordinator.Admin.DeleteAsync($"{Routes.Tokens}/{token.Token.Id}")),
        Ended("that has expired", ErrorCodes.TokenExpired, ExpireAsync),
        Ended("that was rotated, after the overlap", ErrorCodes.TokenExpired, async (world, token) =>
        {
            await world.Coordinator.Admin.PostAsync<CreatedToken>($"{Routes.Tokens}/{token.Token.Id}/rotate", new RotateToken());
            await ExpireAsync(world, token);
        }),
        Elsewhere("from an address that is not its own", null),
        Elsewhere("with a forged X-Forwarded-For", "X-Forwarded-For"),
        Elsewhere("with a forged Forwarded", "Forwarded"),
        Elsewhere("with a forged X-Real-IP", "X-Real-IP"),
        Elsewhere("with a forged X-Original-For", "X-Original-For"),
        new("a token of a node's kind that nobody issued", ErrorCodes.Unauthenticated,
            async world => (await world.Coordinator.With("vns_00000000000000000000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_000000")
                .RefusedAsync(HttpMethod.Get, Routes.Me)).Code),
    ];

    private static async Task<CreatedToken> MakeAsync(SignOnWorld world, params string[] from) =>
        await world.Coordinator.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("tried", AllowedFrom: from.Length == 0 ? null : from));

    private static RefusedCase Shown(string name, Func<string, string> change) => Header(name, token => [("Authorization", $"Bearer {change(token)}")]);

    private static RefusedCase Header(string name, Func<string, (string Name, string Value)[]> headers) =>
        new($"a token {name}", ErrorCodes.Unauthenticated, async world => await AskAsync(world, headers((await MakeAsync(world)).Secret)));

    private static RefusedCase Ended(string name, string expected, Func<SignOnWorld, CreatedToken, Task> end) => new($"a token {name}", expected, async world =>
    {
        var token = await MakeAsync(world);
        Assert.Null(await AskAsync(world, ("Authorization", $"Bearer {token.Secret}")));
        await end(world, token);
        world.Coordinator.Time.Advance(TimeSpan.FromSeconds(1));
        return await AskAsync(world, ("Authorization", $"Bearer {token.Secret}"));
    });

    private static RefusedCase Elsewhere(string name, string? header) => new($"a token {name}", ErrorCodes.Unauthenticated, async world =>
    {
        var token = await MakeAsync(world, "192.0.2.0/24");
        (string, string)[] headers = [("Authorization", $"Bearer {token.Secret}")];
        return await AskAsync(world, header is null ? headers : [.. headers, (header, header == "Forwarded" ? "for=192.0.2.7" : "192.0.2.7")]);
    });

    /// <summary>By the database's clock, which tests do not move.</summary>
    private static async Task ExpireAsync(SignOnWorld world, CreatedToken token)
    {
        await using var command = world.Coordinator.Superuser.CreateCommand("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1");
        command.Parameters.Add(new() { Value = token.Token.Id.Value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string?> AskAsync(SignOnWorld world, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Me);
        foreach (var same in headers.GroupBy(header => header.Name))
            request.Headers.TryAddWithoutValidation(same.Key, same.Select(header => header.Value));
        using var answer = await world.Coordinator.Nobody.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? null
            : System.Text.Json.JsonSerializer.Deserialize(text, Vantage.Protocol.Json.ProtocolJson.Default.Problem)!.Code;
    }
}
