using System.IO.Compression;
using System.Text.Json;
using Crowd.Api.CommandLine.Consensus;

namespace Crowd.Api.Tests.Consensus;

/// <summary>The commands as a shell runs them, on files in a folder of their own.</summary>
public sealed class ConsensusCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crowd-consensus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("majority")]
    [InlineData("auto")]
    [InlineData("dawid-skene")]
    [InlineData("one-coin")]
    [InlineData("online-bayes")]
    public void Choice_gets_a_label_and_a_confidence_for_each_task(string method)
    {
        Write("A.csv", "task,worker,label\n\"t,1\",w1,cat\n\"t,1\",w2,cat\n\"t,1\",w3,dog\nt2,w1,dog\nt2,w2,dog\n#3,w1,cat\n#3,w2,cat\n#3,w3,cat\n");
        Assert.Equal(0, Aggregate("--method", method, "--workers", At("W.csv"), "--json", At("F.json")));
        var lines = Read("L.csv");
        Assert.Equal("task,label,confidence", lines[0]);
        Assert.StartsWith("#3,cat,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"t,1\",cat,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("t2,dog,", lines[3], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("w1,3,", Read("W.csv")[1], StringComparison.Ordinal);

        using var json = JsonDocument.Parse(File.ReadAllText(At("F.json")));
        Assert.Equal(method, json.RootElement.GetProperty("method").GetString());
        Assert.Equal(8, json.RootElement.GetProperty("answers").GetInt32());
    }

    [Fact]
    public void The_order_of_the_rows_does_not_show()
    {
        string[] rows = ["a,x,1", "a,y,2", "b,x,1", "b,y,1", "c,x,2", "c,z,2", "d,z,1", "d,y,1"];
        Write("A.csv", "task,worker,label\n" + string.Join('\n', rows));
        Aggregate("--method", "auto");
        var first = File.ReadAllText(At("L.csv"));
        Write("A.csv", "task,worker,label\n" + string.Join('\n', rows.Reverse()));
        Aggregate("--method", "auto");
        Assert.Equal(first, File.ReadAllText(At("L.csv")));
    }

    [Fact]
    public void Gold_is_kept_and_may_name_a_label_that_nobody_gave()
    {
        Write("A.csv", "task,worker,label\nt1,a,1\nt1,b,1\nt2,a,2\n");
        Write("G.csv", "task,label\nt1,9\nelsewhere,1\n");
        Assert.Equal(0, Aggregate("--method", "dawid-skene-prior", "--gold", At("G.csv")));
        Assert.Equal("t1,9,1", Read("L.csv")[1]);
    }

    [Fact]
    public void Too_many_labels_for_matrices_are_refused_by_name_and_taken_by_auto()
    {
        var rows = Enumerable.Range(0, 24_000).Select(i => $"t{i / 2},w{i % 300},label{i / 2 % 1500}");
        Write("A.csv", "task,worker,label\n" + string.Join('\n', rows));
        var (code, error) = WithError(() => Aggregate("--method", "dawid-skene"));
        Assert.Equal(2, code);
        Assert.Contains("use one of auto,", error, StringComparison.Ordinal);
        Assert.Equal(0, Aggregate("--method", "auto"));
        Assert.Equal(12_001, Read("L.csv").Length);
    }

    [Fact]
    public void Compressed_files_go_in_and_out()
    {
        using (var writer = new StreamWriter(new GZipStream(File.Create(At("A.csv.gz")), CompressionLevel.Fastest))) writer.Write("task,worker,label\nt,w,x\n");
        Assert.Equal(0, AggregateCommand.Create().Parse(["--answers", At("A.csv.gz"), "--method", "majority", "--out", At("L.csv.gz")]).Invoke());
        using var reader = new StreamReader(new GZipStream(File.OpenRead(At("L.csv.gz")), CompressionMode.Decompress));
        Assert.Equal("task,label,confidence\nt,x,1\n", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("number", "t1,a,10\nt1,b,11\nt1,c,12\n", "mean", "t1,11,")]
    [InlineData("number", "t1,a,10\nt1,b,11\nt1,c,90\n", "median", "t1,11,")]
    [InlineData("ordinal", "t1,a,2\nt1,b,10\nt1,c,10\n", "median", "t1,10,")]
    [InlineData("multi", "t1,a,x;y\nt1,b,x\nt1,c,x;y\n", "majority", "t1,x;y,")]
    [InlineData("ranking", "t1,a,p;q;r\nt1,b,p;q;r\nt1,c,r;q;p\n", "borda", "t1,p;q;r,")]
    [InlineData("ranking", "t1,a,p;q;r\nt1,b,p;q;r\nt1,c,r;q;p\n", "bradley-terry", "t1,p;q;r,")]
    [InlineData("text", "t1,a,one two three\nt1,b,one two three\nt1,c,one too three\n", "rover", "t1,one two three,")]
    [InlineData("text", "t1,a,\"so, yes\"\nt1,b,\"so, yes\"\nt1,c,no\n", "medoid", "t1,\"so, yes\",")]
    [InlineData("boxes", "t1,a,0 0 10 10\nt1,b,0 0 10 10;50 50 60 60\nt1,c,0 0 10 10\n", "auto", "t1,0 0 10 10,1")]
    [InlineData("boxes", "t1,a,\nt1,b,\n", "auto", "t1,,1")]
    [InlineData("spans", "t1,a,0 4 person\nt1,b,0 4 person\nt1,c,\n", "auto", "t1,0 4 person,")]
    [InlineData("spans", "t1,a,0 4 person\nt1,b,0 4 person\nt1,c,0 4 person\n", "token-model", "t1,0 4 person,")]
    public void Every_type_is_read_and_written_in_its_shape(string type, string rows, string method, string expected)
    {
        Write("A.csv", "task,worker,label\n" + rows);
        Assert.Equal(0, Aggregate("--type", type, "--method", method));
        Assert.StartsWith(expected, Read("L.csv")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bradley-terry")]
    [InlineData("noisy-bradley-terry")]
    [InlineData("auto")]
    public void Pairwise_writes_items_with_scores_and_bounds(string method)
    {
        Write("A.csv", "task,worker,label,left,right\np1,a,left,x,y\np1,b,left,x,y\np2,a,tie,y,z\np3,b,right,z,x\n");
        Assert.Equal(0, Aggregate("--type", "pairwise", "--method", method));
        var lines = Read("L.csv");
        Assert.Equal("item,score,low,high", lines[0]);
        Assert.Equal(["x", "y", "z"], lines[1..].Select(l => l.Split(',')[0]));
        var scores = lines[1..].Select(l => double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(scores[0] > scores[1] && scores[0] > scores[2]);
    }

    [Theory]
    [InlineData("choice", "t1,a,x\n,b,x\n", "line 3: the task is empty")]
    [InlineData("choice", "t1,a,x\nt2,b\n", "line 3: 2 fields; it needs 3")]
    [InlineData("choice", "t1,a,\n", "line 2: the label is empty")]
    [InlineData("number", "t1,a,1\nt2,b,many\n", "line 3: 'many' is not a number")]
    [InlineData("boxes", "t1,a,1 2 3\n", "line 2: '1 2 3' is not a box; write x1 y1 x2 y2")]
    [InlineData("spans", "t1,a,5 2 x\n", "line 2: '5 2 x' does not end after it starts")]
    [InlineData("text", "t1,a,\"two\nlines\"\n,b,x\n", "line 4: the task is empty")]
    public void Bad_rows_are_named_by_line_with_what_to_change(string type, string rows, string expected)
    {
        Write("A.csv", "task,worker,label\n" + rows);
        var (code, error) = WithError(() => Aggregate("--type", type));
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("L.csv")));
    }

    [Fact]
    public void Missing_columns_methods_types_and_files_are_explained()
    {
        Write("A.csv", "task,worker\nt,w\n");
        Assert.Contains("no column 'label' among 'task,worker'", WithError(() => Aggregate()).Error, StringComparison.Ordinal);
        Write("A.csv", "task,worker,label\nt,w,x\n");
        Assert.Contains("Methods are auto, bwa,", WithError(() => Aggregate("--method", "none")).Error, StringComparison.Ordinal);
        Assert.Contains("Types are choice,", WithError(() => Aggregate("--type", "none")).Error, StringComparison.Ordinal);
        File.Delete(At("A.csv"));
        Assert.Equal(2, WithError(() => Aggregate()).Code);
    }

    [Fact]
    public void Agreement_gives_coefficients_counts_and_reasons()
    {
        Write("A.csv", "task,worker,label\nt1,a,1\nt1,b,1\nt2,a,2\nt2,b,2\nt3,a,1\nt3,b,2\n");
        using (var json = Agreement("--level", "interval"))
        {
            Assert.Equal(2 / 3.0, json.RootElement.GetProperty("pairwiseAgreement").GetDouble(), 9);
            Assert.Equal(6, json.RootElement.GetProperty("answers").GetInt32());
            Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty("krippendorffAlpha").ValueKind);
            Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty("meanCohenKappa").ValueKind);
        }

        Write("A.csv", "task,worker,label\nt1,a,1\nt2,b,1\n");
        using (var json = Agreement())
        {
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("fleissKappa").ValueKind);
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("gwetAc1").ValueKind);
            Assert.Contains("two answers", json.RootElement.GetProperty("undefined").GetProperty("fleissKappa").GetString(), StringComparison.Ordinal);
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private string[] Read(string name) => File.ReadAllLines(At(name));

    private int Aggregate(params string[] more) => AggregateCommand.Create().Parse(["--answers", At("A.csv"), "--out", At("L.csv"), .. more]).Invoke();

    private JsonDocument Agreement(params string[] more)
    {
        Assert.Equal(0, AgreementCommand.Create().Parse(["--answers", At("A.csv"), "--out", At("G.json"), .. more]).Invoke());
        return JsonDocument.Parse(File.ReadAllText(At("G.json")));
    }

    private static (int Code, string Error) WithError(Func<int> run)
    {
        var before = Console.Error;
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            return (run(), error.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
