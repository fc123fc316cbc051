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

    [Theory]
    [InlineData("choice", "dawid-skene-prior", "t1,a,x\nt1,b,x\nt1,c,y\nt2,a,y\nt2,b,y\nt2,c,y\n", "t1,a,x,")]
    [InlineData("ordinal", "median", "t1,a,1\nt1,b,2\nt1,c,2\n", "t1,a,1,")]
    [InlineData("number", "number-model", "t1,a,10\nt1,b,11\nt1,c,12\nt2,a,3\nt2,b,3\nt2,c,9\n", "t1,a,10,")]
    [InlineData("multi", "majority", "t1,a,x;y\nt1,b,x\nt1,c,x;y\n", "t1,a,x;y,1")]
    [InlineData("text", "rover", "t1,a,one two\nt1,b,one two\nt1,c,one too\n", "t1,a,one two,")]
    [InlineData("boxes", "auto", "t1,a,0 0 10 10\nt1,b,0 0 10 10\nt1,c,50 50 60 60\n", "t1,a,0 0 10 10,")]
    [InlineData("ranking", "borda", "t1,a,p;q;r\nt1,b,p;q;r\nt1,c,r;q;p\n", "t1,a,p;q;r,")]
    public void Votes_come_with_their_weights_and_workers_with_an_interval(string type, string method, string rows, string expected)
    {
        Write("A.csv", "task,worker,label\n" + rows);
        Assert.Equal(0, Aggregate("--type", type, "--method", method, "--votes", At("V.csv"), "--workers", At("W.csv")));
        var votes = Read("V.csv");
        Assert.Equal("task,worker,label,weight", votes[0]);
        Assert.Equal(rows.Count(c => c == '\n') + 1, votes.Length);
        Assert.StartsWith(expected, votes[1], StringComparison.Ordinal);
        Assert.All(votes[1..], vote => Assert.True(double.TryParse(vote[(vote.LastIndexOf(',') + 1)..], System.Globalization.CultureInfo.InvariantCulture, out _), vote));
        foreach (var worker in Read("W.csv")[1..])
        {
            var numbers = worker.Split(',')[2..5].Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.True(numbers[1] <= numbers[0] + 1e-6 && numbers[0] <= numbers[2] + 1e-6 && numbers[1] < numbers[2], worker);
        }
    }

    [Fact]
    public void Models_take_part_as_annotators_and_may_name_a_label_that_nobody_gave()
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(t => $"t{t:00},a,{(t % 2 == 0 ? "x" : "y")}\nt{t:00},b,{(t % 4 < 2 ? "x" : "y")}\n"));
        Write("A.csv", "task,worker,label\n" + rows);
        Write("M.csv", "task,model,label,confidence\n" + string.Concat(Enumerable.Range(0, 60).Select(t => $"t{t:00},m,{(t % 2 == 0 ? "x" : "y")},0.9\n")) + "elsewhere,m,z,1\n");
        Assert.Equal(0, Aggregate("--method", "one-coin", "--models", At("M.csv"), "--workers", At("W.csv"), "--votes", At("V.csv")));
        Assert.All(Read("L.csv")[1..], line => Assert.StartsWith(int.Parse(line[1..3], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0 ? "x," : "y,", line[4..], StringComparison.Ordinal));
        Assert.StartsWith("model m 1,60,", Read("W.csv")[3], StringComparison.Ordinal);
        Assert.Equal(181, Read("V.csv").Length);

        Write("M.csv", "task,model,label,confidence\nt1,m,x,0.5\nt1,m,y,2\nt1,m,y,0.1\n");
        var (code, error) = WithError(() => Aggregate("--models", At("M.csv")));
        Assert.Equal(2, code);
        Assert.Contains("line 3: '2' is not a confidence", error, StringComparison.Ordinal);
        Assert.Contains("line 4: model 'm' has task 't1' further up", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Confidences_are_calibrated_unless_one_asks_for_those_of_the_method()
    {
        Write("A.csv", "task,worker,label\n" + string.Concat(Enumerable.Range(0, 40).Select(t => $"t{t},a,{t % 2}\nt{t},b,{t % 2}\nt{t},c,{t % 3 % 2}\n")));
        double Mean() => Read("L.csv")[1..].Average(line => double.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0, Aggregate("--method", "dawid-skene", "--json", At("F.json")));
        var calibrated = Mean();
        Assert.Contains("\"temperature\": 1.4", File.ReadAllText(At("F.json")), StringComparison.Ordinal);
        Assert.Equal(0, Aggregate("--method", "dawid-skene", "--no-calibration"));
        Assert.True(Mean() > calibrated + .01, $"{Mean()} and {calibrated}");
    }

    [Fact]
    public void Gold_for_sets_of_labels_is_kept()
    {
        Write("A.csv", "task,worker,label\nt1,a,x\nt1,b,x\nt2,a,x;y\nt2,b,y\n");
        Write("G.csv", "task,label\nt1,y;z\n");
        Assert.Equal(0, Aggregate("--type", "multi", "--method", "dawid-skene-prior", "--gold", At("G.csv")));
        Assert.Equal("t1,y;z,1", Read("L.csv")[1]);
    }

    [Theory]
    [InlineData("\uFEFFtask,worker,label\r\nt1,a,x\r\nt1,b,x\r\n", "t1,x,1")]
    [InlineData("label,task,extra,worker\nx,t1,1,a\nx,t1,2,b", "t1,x,1")]
    [InlineData("Task,Worker,Label\n\"t \"\"1\"\"\",a,\"x,y\"\n", "\"t \"\"1\"\"\",\"x,y\",1")]
    [InlineData("task,worker,label\n\u6f22\u5b57,\ud83d\ude00,\u00fc\n", "\u6f22\u5b57,\u00fc,1")]
    [InlineData("task,worker,label\nt1,a,x\nt1,a,x\nt1,a,y\n", "t1,x,0.666667")]
    [InlineData("task,worker,label\n t1 ,a, x \n", " t1 , x ,1")]
    public void Odd_files_are_read(string file, string expected)
    {
        Write("A.csv", file);
        Assert.Equal(0, Aggregate("--method", "majority"));
        Assert.Equal(expected, Read("L.csv")[1]);
    }

    [Theory]
    [InlineData("", "is empty; give it a header and rows")]
    [InlineData("task,worker,label\n", "no answers below its header")]
    [InlineData("task,worker,label\nt1,a,\"x\nt2,b,y\n", "look for an open quotation mark")]
    public void Files_without_answers_are_refused_in_words(string file, string expected)
    {
        Write("A.csv", file);
        var (code, error) = WithError(() => Aggregate("--method", "majority"));
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_a_million_characters_is_a_label_like_others()
    {
        Write("A.csv", $"task,worker,label\nt1,a,{new string('x', 1_000_000)}\nt1,b,y\nt1,c,y\n");
        Assert.Equal(0, Aggregate("--method", "majority", "--json", At("F.json")));
        Assert.Equal("t1,y,0.666667", Read("L.csv")[1]);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("ebcc")]
    [InlineData("glad")]
    [InlineData("minimax-entropy")]
    public void One_answer_is_enough_for_every_method(string method)
    {
        Write("A.csv", "task,worker,label\nt1,a,x\n");
        Assert.Equal(0, Aggregate("--method", method));
        Assert.StartsWith("t1,x,", Read("L.csv")[1], StringComparison.Ordinal);
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
