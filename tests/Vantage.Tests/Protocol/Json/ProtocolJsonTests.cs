using System.Text.Json;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Tests.Protocol.Json;

public sealed class ProtocolJsonTests
{
    [Fact]
    public void Null_IsWrittenAsAbsent_AndReadBack()
    {
        var organization = new Organization(OrganizationId.New(TimeProvider.System), "North", null, null, default);

        var text = JsonSerializer.Serialize(organization, ProtocolJson.Default.Organization);

        Assert.DoesNotContain("root", text, StringComparison.Ordinal);
        Assert.Equal(organization, JsonSerializer.Deserialize(text, ProtocolJson.Default.Organization));
    }

    [Theory]
    [InlineData("""{"roles":["admin"]}""")]
    [InlineData("""{"name":null,"roles":["admin"]}""")]
    public void WhatMayNotBeNull_HasToBeThere(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, ProtocolJson.Default.CreateUser));
}
