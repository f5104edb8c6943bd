using System.Text;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Protocol.Dictionaries;

public sealed class DataDictionaryTests
{
    [Fact]
    public void ATableSchema_IsRead()
    {
        var read = Read("""
            { "name": "sepsis", "version": "1.0", "title": "Sepsis", "missingValues": ["", "-9"], "fields": [
              { "name": "age", "type": "integer", "title": "Age", "unit": "a", "constraints": { "required": true, "minimum": 18, "maximum": "120" } },
              { "name": "sex", "constraints": { "enum": ["f", "m"] }, "categories": [{ "value": "m", "label": "male" }, { "value": "f", "label": "female" }] },
              { "name": "case", "type": "string", "constraints": { "pattern": "[A-Z]{2}[0-9]+" }, "missingValues": ["?"] },
              { "name": "admitted", "type": "date", "constraints": { "minimum": "2020-01-01" } },
              { "name": "stage", "type": "integer", "categories": [1, 2, { "value": 3, "label": "late" }] } ] }
            """);

        Assert.Equal(("sepsis@1.0", "Sepsis"), (read.Ref.Words, read.Title));
        Assert.Equal("a whole number from 18 to 120 a", read.Find("age")!.Expected);
        Assert.True(read.Find("age")!.Required);
        Assert.Equal([new Level("f", "female"), new Level("m", "male")], read.Find("sex")!.Levels!);
        Assert.Equal((IEnumerable<string>)["-9"], read.MissingOf(read.Find("age")!));
        Assert.Equal((IEnumerable<string>)["?"], read.MissingOf(read.Find("case")!));
        Assert.Equal("one of 1, 2, 3", read.Find("stage")!.Expected);
        Assert.Equal("a date as 2024-03-01 of at least 2020-01-01", read.Find("admitted")!.Expected);
    }

    [Fact]
    public void Layout_IsNoPartOfTheDigest_AndEveryWordIs()
    {
        var one = Read("""{"name":"d","version":"1","fields":[{"name":"x","type":"number","constraints":{"minimum":1.0}}]}""");
        var same = Read("{\r\n \"version\": \"1\", \"fields\": [ { \"constraints\": { \"minimum\": 1 }, \"type\": \"number\", \"name\": \"x\" } ],\r\n \"name\": \"d\" }");
        var other = Read("""{"name":"d","version":"1","fields":[{"name":"x","type":"number","description":"more","constraints":{"minimum":1.0}}]}""");

        Assert.Equal(one.Ref, same.Ref);
        Assert.NotEqual(one.Ref, other.Ref);
    }

    [Fact]
    public void ADataReference_CarriesNameVersionAndDigest_AndNothingElse()
    {
        var data = new DataRef { Label = "t", Kind = DataKind.Source, Id = "p", Dictionary = new DictionaryRef("d", "1", Digest.OfText("")) };

        var written = JsonSerializer.Serialize(data, SignedJson.Default.DataRef);

        Assert.Equal($$$"""{"label":"t","kind":"source","id":"p","dictionary":{"name":"d","version":"1","digest":"{{{Digest.OfText("")}}}"}}""", written);
        Assert.Equal(data, JsonSerializer.Deserialize(written, SignedJson.Default.DataRef));
        Assert.DoesNotContain("dictionary", JsonSerializer.Serialize(data with { Dictionary = null }, SignedJson.Default.DataRef), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "fields": [{ "name": "x" }] }""", "'name' is 1 to 64")]
    [InlineData("""{ "name": "d", "version": "", "fields": [{ "name": "x" }] }""", "'version' is 1 to 64")]
    [InlineData("""{ "name": "d", "version": "1" }""", "'fields' is missing")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x" }, { "name": "X" }] }""", "'x' twice")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "type": "geopoint" }] }""", "'fields[0] (x).type' is one of number")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "constraints": { "unique": true } }] }""", "'fields[0] (x).constraints.unique' is not understood here")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "constraints": { "minimum": 1 } }] }""", "constraints.minimum' is of numbers")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "type": "number", "constraints": { "minimum": 2, "maximum": 1 } }] }""", "not below 'minimum'")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "constraints": { "pattern": "(a)\\1" } }] }""", "back references")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "constraints": { "enum": ["a", "a"] } }] }""", "each once")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x", "unit": "cm" }] }""", "of numbers only")]
    [InlineData("""{ "name": "d", "version": "1", "fields": [{ "name": "x" }], "note": 1e999 }""", "a number is too large")]
    [InlineData("""{ "name": "d", "name": "e", "version": "1", "fields": [{ "name": "x" }] }""", "it is not JSON")]
    public void WhatIsNoDictionary_IsToldByItsPlace(string json, string told) =>
        Assert.Contains(told, Assert.Throws<DictionaryException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static DataDictionary Read(string json) => DataDictionary.Read(Encoding.UTF8.GetBytes(json));
}
